import { expect, it } from 'vitest';
import { emaDecay, learningRate } from '../../../main/train/schedule.ts';

it('warms up, then falls along a cosine to one hundredth of the peak', () => {
  expect(learningRate(1, 50, 1000)).toBeCloseTo(0.5, 1);
  // Half-way along the cosine: 0.01 + 0.99 / 2.
  expect(learningRate(1, 500, 1000)).toBeCloseTo(0.505, 6);
  expect(learningRate(1, 1000, 1000)).toBeCloseTo(0.01, 6);
});

it('reaches its peak even in a run shorter than the warm-up', () => {
  expect(learningRate(1, 10, 20)).toBeGreaterThan(0.2);
});

it('averages over everything at first and over a thousand steps later', () => {
  expect(emaDecay(1)).toBeCloseTo(0.1, 6);
  expect(emaDecay(1_000_000)).toBe(0.999);
});
