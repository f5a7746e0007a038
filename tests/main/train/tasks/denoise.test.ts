import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { denoise } from '../../../../main/train/tasks/denoise.ts';

const plane = (value: number, count = 64) => new Float32Array(3 * count).fill(value);
const square = (values: Float32Array) => ({ width: 8, height: 8, values });

it('learns a pair as it is, and tells what the noisy picture is off by', async () => {
  const clean = square(plane(0.5));
  // Off by ten levels everywhere, to both sides.
  const noisy = square(clean.values.map((value, i) => value + (i % 2 ? 10 : -10) / 255));
  const trial = await denoise.pairs.trial({ ...clean, noisy }, 1);
  expect(trial.seen.values).toEqual(noisy.values);
  expect(trial.clean.values).toEqual(clean.values);
  expect(trial.sigma).toBeCloseTo(10, 3);
  const told: number[] = [];
  const random = xoroshiro128plus(1);
  for (let i = 0; i < 200; i++) {
    const { sigma = 0 } = await denoise.pairs.damage({ ...clean, noisy }, random);
    told.push(sigma);
  }
  // Estimates are off to both sides.
  expect(Math.min(...told)).toBeLessThan(8);
  expect(Math.max(...told)).toBeGreaterThan(12);
});

it('learns one pixel from its neighbour where all pictures are noisy, and tells the estimated level', async () => {
  const values = Float32Array.from({ length: 3 * 64 }, (_, i) => (i % 64) / 64);
  const trial = await denoise['noisy-only'].trial({ ...square(values), sigma: 17 }, 3);
  expect([trial.seen.width, trial.clean.width]).toEqual([4, 4]);
  expect(trial.sigma).toBe(17);
  const apart = trial.seen.values.map((value, i) =>
    Math.round(64 * Math.abs(value - (trial.clean.values[i] ?? 0))),
  );
  expect(new Set(apart)).toEqual(new Set([1, 8]));
  expect(await denoise['noisy-only'].trial({ ...square(values), sigma: 17 }, 3)).toEqual(trial);
});
