import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { displayTile } from '../../../main/image/display-tile.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { randomPicture, raw } from './samples.ts';

async function shown(png: Uint8Array) {
  return sharp(png, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
}

function grey(
  width: number,
  height: number,
  value: (x: number, y: number) => number,
  depth: 8 | 16 = 8,
): Picture {
  const values = Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
  const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  return { width, height, channels: 1, depth, data, format: 'png', metadata: {} };
}

describe('displayTile', () => {
  it('shows the samples themselves at full size', async () => {
    const picture = randomPicture(600, 520, 3, 8);
    const { data, info } = await shown(await displayTile(picture, 0, 1, 0));
    expect([info.width, info.height]).toEqual([88, 512]);
    const expected = await raw(picture)
      .extract({ left: 512, top: 0, width: 88, height: 512 })
      .raw()
      .toBuffer();
    expect(data.equals(expected)).toBe(true);
  });

  it('shows the mean of what a display pixel covers, also where the picture ends within it', async () => {
    // Columns 0, 10, 20, 30, 40 in two rows that differ by 4.
    const picture = grey(5, 3, (x, y) => 10 * x + 4 * y);
    const { data, info } = await shown(await displayTile(picture, 1, 0, 0));
    expect([info.width, info.height]).toEqual([3, 2]);
    const first = [...data].filter((_, i) => i % info.channels === 0);
    expect(first).toEqual([7, 27, 42, 13, 33, 48]);
  });

  it('places neighbouring tiles edge to edge at every level', async () => {
    const picture = grey(2200, 30, (x) => x % 256);
    const left = await shown(await displayTile(picture, 2, 0, 0));
    const right = await shown(await displayTile(picture, 2, 1, 0));
    expect([left.info.width, right.info.width]).toEqual([512, 38]);
    // The second tile starts at column 2048, where the ramp starts again: mean of 0, 1, 2, 3.
    expect(right.data[0]).toBe(2);
  });

  it('rounds 16 bits to 8', async () => {
    const { data } = await shown(
      await displayTile(
        grey(4, 4, () => 257 * 100 + 200, 16),
        0,
        0,
        0,
      ),
    );
    expect(data[0]).toBe(101);
  });

  it('carries the profile and keeps alpha', async () => {
    const { icc } = await sharp(
      await raw(randomPicture(8, 8, 3, 8))
        .withIccProfile('p3')
        .png()
        .toBuffer(),
    ).metadata();
    const picture = { ...randomPicture(8, 8, 4, 8), metadata: { icc: icc ?? new Uint8Array() } };
    const facts = await sharp(await displayTile(picture, 0, 0, 0)).metadata();
    expect(facts.icc).toEqual(icc);
    expect(facts.channels).toBe(4);
  });

  it.each([
    [0, 2, 0],
    [0, 0, 2],
    [0, -1, 0],
    [3, 1, 0],
  ])('refuses a tile outside the picture (level %i at %i, %i)', async (level, x, y) => {
    await expect(displayTile(randomPicture(600, 520, 1, 8), level, x, y)).rejects.toThrow(RangeError);
  });
});
