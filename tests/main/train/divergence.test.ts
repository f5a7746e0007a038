import { expect, it } from 'vitest';
import { Divergence } from '../../../main/train/divergence.ts';

const fed = (losses: readonly number[]) => {
  const divergence = new Divergence();
  return { at: losses.findIndex((loss) => divergence.add(loss)), divergence };
};
const calm = Array.from({ length: 50 }, (_, i) => 0.1 + 0.02 * (i % 3));

it('a loss that is no number is a divergence at once', () => {
  expect(fed([0.1, 0.1, Number.NaN]).at).toBe(2);
  expect(fed([0.1, Number.POSITIVE_INFINITY]).at).toBe(1);
});

it('ten losses in a row at more than four times the average are one', () => {
  expect(fed([...calm, ...Array(12).fill(0.6)]).at).toBe(59);
});

it('single hard batches are none, but no state is to be kept there', () => {
  const { at, divergence } = fed([...calm, 0.9, 0.1, 0.9, 0.1, 0.9]);
  expect(at).toBe(-1);
  expect(divergence.suspicious).toBe(true);
  divergence.add(0.1);
  expect(divergence.suspicious).toBe(false);
});

it('the fall of a beginning, and its noise, are none', () => {
  expect(fed([1, 0.2, 0.9, 0.05, 0.4, 0.03]).at).toBe(-1);
});
