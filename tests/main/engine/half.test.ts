import { expect, it } from 'vitest';
import { fromHalf, toHalf } from '../../../main/engine/half.ts';

it.each([
  [0, 0],
  [1, 0x3c00],
  [-2, 0xc000],
  [65_504, 0x7bff],
  [65_519, 0x7bff],
  [65_520, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 1],
  // Half of the smallest number is a tie, which goes to even: zero.
  [2 ** -25, 0],
  [1.5 * 2 ** -25, 1],
  // A tie between 1 and the next number goes to 1, one between the next two goes up.
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
])('keeps %f as IEEE 754 says', (x, half) => {
  expect(toHalf(Float32Array.of(x))[0]).toBe(half);
});

it('gives every half number back', () => {
  const numbers = Uint16Array.from({ length: 65_536 }, (_, i) => i).filter(
    (half) => (half & 0x7fff) <= 0x7c00,
  );
  const back = toHalf(fromHalf(numbers));
  expect(numbers.findIndex((half, i) => back[i] !== half)).toBe(-1);
});

it('keeps what is not a number', () => {
  expect(fromHalf(toHalf(Float32Array.of(Number.NaN)))[0]).toBeNaN();
});
