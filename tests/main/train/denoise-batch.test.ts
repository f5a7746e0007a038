import { expect, it } from 'vitest';
import { denoiseBatch } from '../../../main/train/denoise-batch.ts';
import type { Photo } from '../../../main/train/photos.ts';

/** A photo whose every sample says where it stands. */
function photo(index: number): Photo {
  const [width, height] = [40, 30];
  const rgb = new Uint8Array(width * height * 3).map((_, i) => (i * 7 + index * 31) % 256);
  return { width, height, rgb };
}
const options = { seed: 4, patches: 6, size: 16, noise: 'gaussian' as const };
const batch = (step: number, seed = options.seed) =>
  denoiseBatch({ ...options, seed }, step, 3, async (index) => photo(index));
const plane = options.size ** 2;

it('is the same for the same step and seed, and another for any other', async () => {
  const first = await batch(7);
  expect(await batch(7)).toEqual(first);
  expect(await batch(8)).not.toEqual(first);
  expect(await batch(7, 5)).not.toEqual(first);
});

it('adds noise of the level that its map tells', async () => {
  const levels: number[] = [];
  for (let step = 1; step <= 20; step++) {
    const { input, target } = await batch(step);
    for (let patch = 0; patch < options.patches; patch++) {
      const sigma = input[(patch * 4 + 3) * plane] ?? Number.NaN;
      const noise = Array.from(
        { length: 3 * plane },
        (_, i) => (input[patch * 4 * plane + i] ?? 0) - (target[patch * 3 * plane + i] ?? 0),
      );
      const measured = Math.sqrt(noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length);
      // 768 samples: the estimate's own deviation is 2.6 %.
      expect(Math.abs(measured - sigma)).toBeLessThan(0.12 * sigma + 1e-6);
      levels.push(sigma * 255);
    }
  }
  expect(Math.min(...levels)).toBeLessThan(5);
  expect(Math.max(...levels)).toBeGreaterThan(70);
  expect(Math.max(...levels)).toBeLessThanOrEqual(75);
});

it('cuts patches out of the photos, turned but otherwise untouched', async () => {
  const { target } = await batch(3);
  const values = new Set([0, 1, 2].flatMap((index) => [...photo(index).rgb]));
  for (const value of target) expect(values.has(Math.round(value * 255))).toBe(true);
});
