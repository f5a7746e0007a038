import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../main/image/picture.ts';
import { Pyramid, pyramidOf } from '../../../main/image/pyramid.ts';
import { randomPicture } from './samples.ts';

/** Mean of a block of a picture's samples, computed from its definition. */
function blockMean({ data, width, channels }: Picture, left: number, top: number, side: number, c: number) {
  let sum = 0;
  for (let y = top; y < top + side; y++)
    for (let x = left; x < left + side; x++) sum += data[(y * width + x) * channels + c] ?? Number.NaN;
  return sum / side ** 2;
}

describe('a pyramid', () => {
  it.each([1, 2, 3] as const)('holds block means at level %i, in every tile and channel', (level) => {
    const picture = randomPicture(1500, 1100, 3, 8);
    const pyramid = new Pyramid(picture);
    const side = 2 ** level;
    for (const [x, y] of [
      [0, 0],
      [130, 101],
      [179, 130],
    ] as const) {
      const tile = pyramid.tile(level, Math.floor(x / 512), Math.floor(y / 512));
      for (let c = 0; c < 3; c++) {
        const shown = tile.data[((y % 512) * tile.width + (x % 512)) * 3 + c] ?? Number.NaN;
        const mean = blockMean(picture, x * side, y * side, side, c);
        // Every level rounds once, half of it away.
        expect(Math.abs(shown - mean)).toBeLessThanOrEqual(level / 2 + 1e-9);
      }
    }
  });

  it('joins four tiles of the level below without a seam', () => {
    const ramp = Uint8Array.from({ length: 1100 * 1100 }, (_, i) => Math.floor((i % 1100) / 5));
    const picture: Picture = {
      width: 1100,
      height: 1100,
      channels: 1,
      depth: 8,
      data: ramp,
      format: 'png',
      metadata: {},
    };
    const { data, width } = new Pyramid(picture).tile(2, 0, 0);
    const row = [...data.subarray(200 * width, 201 * width)];
    expect(row.every((value, x) => Math.abs(value - (4 * x + 1.5) / 5) <= 1.3)).toBe(true);
  });

  it('keeps what it made, until it is told of a change', () => {
    const picture = randomPicture(2048, 2048, 1, 8);
    const pyramid = new Pyramid(picture);
    const [top, bottom] = [pyramid.tile(1, 0, 0), pyramid.tile(1, 0, 1)];
    picture.data.fill(9);
    expect(pyramid.tile(1, 0, 1)).toBe(bottom);
    pyramid.changed({ left: 0, top: 1024, right: 2048, bottom: 2048 });
    expect(pyramid.tile(1, 0, 0)).toBe(top);
    expect(new Set(pyramid.tile(1, 0, 1).data)).toEqual(new Set([9]));
    expect(pyramidOf(picture)).toBe(pyramidOf(picture));
  });

  it('keeps 16 bits', () => {
    const picture = randomPicture(40, 40, 4, 16);
    const { data } = new Pyramid(picture).tile(1, 0, 0);
    expect(data).toBeInstanceOf(Uint16Array);
    expect(Math.abs((data[0] ?? 0) - blockMean(picture, 0, 0, 2, 0))).toBeLessThanOrEqual(0.5);
  });
});
