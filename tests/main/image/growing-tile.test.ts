import { describe, expect, it } from 'vitest';
import { growingTile } from '../../../main/image/growing-tile.ts';
import type { Picture } from '../../../main/image/picture.ts';

/** A grey picture of one level. */
const grey = (width: number, height: number, level: number): Picture => ({
  width,
  height,
  channels: 1,
  depth: 8,
  data: new Uint8Array(width * height).fill(level),
  format: 'png',
  metadata: {},
});

/** 7 x 4, of which the columns from the third on are done. */
const begun = {
  picture: grey(7, 4, 200),
  grid: { right: [3, 7], bottom: [4], done: [false, true] },
};

describe('a tile of a result that is being made', () => {
  it('is transparent where nothing is done', () => {
    const tile = growingTile({ begun }, 0, 0, 0);
    expect(tile?.channels).toBe(2);
    expect([...(tile?.data.subarray(4, 8) ?? [])]).toEqual([0, 0, 200, 255]);
  });

  it('counts a pixel of a coarser level as done when all that it covers is', () => {
    const tile = growingTile({ begun }, 1, 0, 0);
    // Four pixels wide: 0..1, 2..3 (half done), 4..5, and 6 alone.
    expect([...(tile?.data.subarray(0, 8) ?? [])]).toEqual([0, 0, 0, 0, 200, 255, 200, 255]);
  });

  it('has the quick look around what is done, where that has the pixels', () => {
    const quick = { picture: grey(4, 2, 50), level: 1 };
    expect([...(growingTile({ begun, quick }, 1, 0, 0)?.data.subarray(0, 4) ?? [])]).toEqual([
      50, 50, 200, 200,
    ]);
    expect(growingTile({ begun, quick }, 0, 0, 0)?.channels).toBe(2);
  });

  it('is the quick look alone before the first tile, or nothing', () => {
    const quick = { picture: grey(4, 2, 50), level: 1 };
    expect([...(growingTile({ quick }, 1, 0, 0)?.data ?? [])]).toEqual(Array(8).fill(50));
    expect(growingTile({ quick }, 0, 0, 0)).toBeUndefined();
  });

  it('is the picture itself when all is done', () => {
    const done = { ...begun, grid: { ...begun.grid, done: [true, true] } };
    expect(growingTile({ begun: done }, 0, 0, 0)?.channels).toBe(1);
  });

  it('keeps alpha and 16 bits of what is done', () => {
    const deep: Picture = { ...grey(2, 1, 0), channels: 4, depth: 16, data: new Uint16Array(8).fill(60_000) };
    const grid = { right: [1, 2], bottom: [1], done: [false, true] };
    const tile = growingTile({ begun: { picture: deep, grid } }, 0, 0, 0);
    expect([...(tile?.data ?? [])]).toEqual([0, 0, 0, 0, 60_000, 60_000, 60_000, 60_000]);
  });
});
