import { expect, it } from 'vitest';
import { patchBatch } from '../../../main/train/patch-batch.ts';
import { pick } from '../../../main/train/patches.ts';
import type { Photo } from '../../../main/train/photos.ts';

/** A photo whose every sample says where it stands. */
function photo(index: number): Photo {
  const [width, height] = [40, 30];
  const rgb = new Uint8Array(width * height * 3).map((_, i) => (i * 7 + index * 31) % 256);
  return { width, height, rgb };
}
const options = {
  seed: 4,
  patches: 6,
  size: 16,
  task: { kind: 'denoise', noise: 'gaussian' },
  network: 'denoiser-fast',
} as const;
const batch = (step: number, seed: number = options.seed) =>
  patchBatch({ ...options, seed }, step, async (random) => photo(pick(random, 3)));
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

it('gives upscalers patches whose reduced form is what they see', async () => {
  const task = { kind: 'upscale', scale: 2, damage: 'bicubic' } as const;
  const { input, target } = await patchBatch(
    { seed: 1, patches: 3, size: 16, task, network: 'upscaler-2x' },
    5,
    async (random) => photo(pick(random, 3)),
  );
  expect([input.length, target.length]).toEqual([3 * 3 * 8 * 8, 3 * 3 * 16 * 16]);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Reducing keeps the mean but for the patches' edges.
  for (let patch = 0; patch < 3; patch++) {
    const seen = input.subarray(patch * 192, (patch + 1) * 192);
    const clean = target.subarray(patch * 768, (patch + 1) * 768);
    expect(Math.abs(mean(seen) - mean(clean))).toBeLessThan(0.03);
  }
});

it('gives artefact removers patches without a noise map', async () => {
  const task = { kind: 'artefacts' } as const;
  const { input, target } = await patchBatch(
    { seed: 1, patches: 2, size: 16, task, network: 'artefact-remover' },
    1,
    async (random) => photo(pick(random, 3)),
  );
  expect(input.length).toBe(target.length);
  expect(input).not.toEqual(target);
});
