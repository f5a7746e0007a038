import { expect, it } from 'vitest';
import { colourfulness, featuresOf } from '../../../main/image/features.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { randomPicture } from './samples.ts';

/** Left half of one colour, right half of another. */
function halves(left: readonly number[], right: readonly number[], side = 64): Picture {
  const data = Uint8Array.from(
    { length: side * side * 3 },
    (_, i) => (Math.floor(i / 3) % side < side / 2 ? left : right)[i % 3] ?? 0,
  );
  return { width: side, height: side, channels: 3, depth: 8, data, format: 'png', metadata: {} };
}

it('colourfulness is that of Hasler and Suesstrunk', () => {
  // rg = 200, -100: mean 50, deviation 150; yb = 100, 50: mean 75, deviation 25.
  // sqrt(150² + 25²) + 0.3 sqrt(50² + 75²) = 152.07 + 27.04
  expect(colourfulness(halves([200, 0, 0], [0, 100, 0]))).toBeCloseTo(179.11, 1);
  expect(colourfulness(halves([90, 90, 90], [10, 10, 10]))).toBe(0);
  expect(colourfulness(randomPicture(8, 8, 1, 8))).toBe(0);
});

it('brightness is the mean, in 8-bit levels whatever the depth', () => {
  const { brightness } = featuresOf(tiledInMemory(halves([100, 100, 100], [200, 200, 200])));
  expect(brightness).toBeCloseTo(150, 3);
  const deep = {
    ...halves([0, 0, 0], [0, 0, 0]),
    depth: 16 as const,
    data: new Uint16Array(64 * 64 * 3).fill(25_700),
  };
  expect(featuresOf(tiledInMemory(deep)).brightness).toBeCloseTo(100, 3);
});

it('nothing is said of pictures of less than 64 pixels a side', () => {
  expect(featuresOf(tiledInMemory(randomPicture(63, 500, 3, 8)))).toEqual({});
});
