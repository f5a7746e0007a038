import { expect, it } from 'vitest';
import { isAnything, isReadyAt, shareReady } from '../../../../renderer/restore/viewer/ready-geometry.ts';

/** A result of 1000 x 600 in three tiles across and two down, of which the second and the last are done. */
const size = { width: 1000, height: 600 };
const tiles = {
  right: [300, 700, 1000],
  bottom: [400, 600],
  done: [false, true, false, false, false, true],
};

it('tells the share of a display tile that is done', () => {
  // Of the first 512 x 512: 300..512 x 0..400 is done.
  expect(shareReady({ level: 0, column: 0, row: 0 }, size, { tiles })).toBeCloseTo((212 * 400) / 512 ** 2);
  // The second is 512..1000 wide: 512..700 x 0..400, and 700..1000 x 400..512.
  const second = (188 * 400 + 300 * 112) / (488 * 512);
  expect(shareReady({ level: 0, column: 1, row: 0 }, size, { tiles })).toBeCloseTo(second);
  const all = (400 * 400 + 300 * 200) / (1000 * 600);
  expect(shareReady({ level: 1, column: 0, row: 0 }, size, { tiles })).toBeCloseTo(all);
});

it('is all of it when the result is whole, and nothing before the first tile', () => {
  const tile = { level: 0, column: 1, row: 1 };
  expect(shareReady(tile, size, 'whole')).toBe(1);
  expect(shareReady(tile, size, {})).toBe(0);
});

it('counts a quick look as next to nothing, at the levels that it has pixels for', () => {
  const [fine, coarse] = [1, 2].map((level) => shareReady({ level, column: 0, row: 0 }, size, { quick: 2 }));
  expect(fine).toBe(0);
  expect(coarse).toBeGreaterThan(0);
  expect(coarse).toBeLessThan(1e-4);
});

it('knows whether there is anything, and whether it is there at a pixel', () => {
  expect([{}, { quick: 1 }, { tiles }, 'whole' as const].map(isAnything)).toEqual([false, true, true, true]);
  const at = (x: number, y: number) => isReadyAt({ x, y }, { tiles });
  expect([at(299, 0), at(300, 0), at(699, 399), at(700, 399), at(700, 400), at(1000, 500)]).toEqual([
    false,
    true,
    true,
    false,
    true,
    false,
  ]);
});
