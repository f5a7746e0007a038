import { expect, it } from 'vitest';
import { errorScale } from '../../../../renderer/generate/reconstruct/error-scale.ts';

const usual = Array.from({ length: 101 }, (_, i) => i / 1000);

it('lays usual errors and this one on one line, with a tenth of air behind the largest', () => {
  const scale = errorScale(0.05, usual);
  expect(scale?.from).toBeCloseTo(0.005 / 0.11);
  expect(scale?.to).toBeCloseTo(0.095 / 0.11);
  expect(scale?.here).toBeCloseTo(0.05 / 0.11);
});

it('makes room for an error beyond all usual ones', () => {
  expect(errorScale(0.4, usual)?.here).toBeCloseTo(1 / 1.1);
});

it('has nothing to show where no errors were measured', () => {
  expect(errorScale(0.4, [])).toBeUndefined();
});
