import { describe, expect, it } from 'vitest';
import { extendColours } from '../../../main/image/extend-colours.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { randomPicture } from './samples.ts';

const pictureOf = (
  width: number,
  height: number,
  channels: Picture['channels'],
  values: number[],
): Picture => ({
  width,
  height,
  channels,
  depth: 8,
  data: Uint8Array.from(values),
  format: 'png',
  metadata: {},
});

describe('extendColours', () => {
  it('is the picture itself where there is no alpha, or nothing hidden', () => {
    const rgb = randomPicture(5, 4, 3, 8);
    expect(extendColours(rgb)).toBe(rgb);
    const seen = pictureOf(2, 1, 2, [10, 255, 20, 1]);
    expect(extendColours(seen)).toBe(seen);
  });

  it('gives hidden pixels the mean of what is seen in the smallest square around them', () => {
    // A row of eight, grey and alpha. The square of side 2 around pixel 1 holds 100; around pixels 2 and 3 there
    // is nothing until the square of side 4, with 100 again; the right half takes the whole: (100 + 40) / 2.
    const row = pictureOf(8, 1, 2, [100, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 255, 0, 0]);
    const greys = extendColours(row).data.filter((_, i) => i % 2 === 0);
    expect([...greys]).toEqual([100, 100, 100, 100, 40, 40, 40, 40]);
    const half = pictureOf(8, 1, 2, [100, 255, 40, 255, 7, 0, 7, 0, 7, 0, 7, 0, 7, 0, 7, 0]);
    expect([...extendColours(half).data.filter((_, i) => i % 2 === 0)]).toEqual([
      100, 40, 70, 70, 70, 70, 70, 70,
    ]);
  });

  it('weights by alpha', () => {
    // 200 at full alpha and 100 at a fifth: (200 x 255 + 100 x 51) / 306 = 183.3.
    const row = pictureOf(4, 1, 2, [200, 255, 100, 51, 0, 0, 0, 0]);
    expect([...extendColours(row).data]).toEqual([200, 255, 100, 51, 183, 0, 183, 0]);
  });

  it('leaves alpha and everything seen as they are, in 16 bits too', () => {
    const picture = randomPicture(33, 17, 4, 16, 7);
    for (let at = 3; at < picture.data.length; at += 4)
      if ((picture.data[at] as number) < 40_000) picture.data[at] = 0;
    const before = [...picture.data];
    const { data } = extendColours(picture);
    expect([...picture.data]).toEqual(before);
    let hidden = 0;
    for (let at = 0; at < data.length; at += 4) {
      expect(data[at + 3]).toBe(before[at + 3]);
      if (before[at + 3] === 0) hidden++;
      else expect([...data.subarray(at, at + 3)]).toEqual(before.slice(at, at + 3));
    }
    expect(hidden).toBeGreaterThan(100);
  });

  it('leaves a picture without anything to see as it is', () => {
    const nothing = pictureOf(3, 2, 4, new Array(24).fill(0));
    expect([...extendColours(nothing).data]).toEqual([...nothing.data]);
  });

  it('removes the edge that a network would see around a cut-out', () => {
    const side = 32;
    const inside = (i: number) => Math.hypot((i % side) - 16, Math.floor(i / side) - 16) < 10;
    const values = Array.from({ length: side * side }, (_, i) =>
      inside(i) ? [220, 180, 150, 255] : [0, 0, 0, 0],
    );
    const { data } = extendColours(pictureOf(side, side, 4, values.flat()));
    for (let at = 0; at < data.length; at += 4)
      expect([...data.subarray(at, at + 3)]).toEqual([220, 180, 150]);
  });
});
