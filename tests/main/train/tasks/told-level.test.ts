import { expect, it } from 'vitest';
import { levelOf } from '../../../../main/train/tasks/told-level.ts';

const grey = { width: 8, height: 8, values: new Float32Array(3 * 64).fill(0.5) };
/** Off by ten levels everywhere, up where it is said. */
const off = (isUp: (x: number, y: number) => boolean) => ({
  ...grey,
  values: grey.values.map((value, i) => value + (isUp(i % 8, Math.floor((i % 64) / 8)) ? 10 : -10) / 255),
});

it('is the deviation of noise that differs from pixel to pixel', () => {
  expect(
    levelOf(
      off((x, y) => (x + y) % 2 === 0),
      grey,
    ),
  ).toBeCloseTo(10, 3);
});

it('is twice the deviation of noise that four neighbours share, as the estimate is', () => {
  expect(
    levelOf(
      off((x, y) => ((x >> 1) + (y >> 1)) % 2 === 0),
      grey,
    ),
  ).toBeCloseTo(20, 3);
});

it('lies between where neighbours share some of it', () => {
  // Half of the 2 x 2 means are zero, half keep all: 0.71 of the deviation is left, of white noise 0.5, of the most 0.8.
  const pairs = off((x, y) => ((x >> 1) + (y % 4 === 0 ? 1 : 0)) % 2 === 0);
  expect(levelOf(pairs, grey)).toBeCloseTo(10 * (1 + (Math.SQRT1_2 - 0.5) / (0.8 - 0.5)), 2);
});
