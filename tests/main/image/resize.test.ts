import { expect, it } from 'vitest';
import { fromRgb } from '../../../main/image/planes.ts';
import { kernels, resize } from '../../../main/image/resize.ts';

const ramp = fromRgb(
  Uint8Array.from({ length: 24 * 24 * 3 }, (_, i) => 10 * (Math.floor(i / 3) % 24)),
  24,
  24,
);

it.each(kernels)('%s keeps a picture of one colour, and the size it is given', (kernel) => {
  const flat = { ...ramp, values: ramp.values.map(() => 0.4) };
  const result = resize(flat, 7, 5, kernel);
  expect([result.width, result.height, result.values.length]).toEqual([7, 5, 105]);
  for (const value of result.values) expect(value).toBeCloseTo(0.4, 6);
});

it.each(kernels)('%s reduces a ramp to the means of its parts', (kernel) => {
  const row = resize(ramp, 8, 8, kernel).values.subarray(0, 8);
  // Away from the edges every kernel is symmetric, so a ramp stays one.
  expect(255 * (row[3] ?? 0)).toBeCloseTo(10 * 10, 3);
  expect(255 * (row[4] ?? 0)).toBeCloseTo(10 * 13, 3);
});
