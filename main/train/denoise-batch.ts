/** Batches for the denoiser: noisy patches with their noise level, and the clean patches. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { sigmaRange } from '../../preload/contract.ts';
import { uniform } from '../engine/gaussian.ts';
import type { Batch } from '../engine/trainer.ts';
import { addGaussianNoise } from './degradations.ts';
import { cutPatch, pick, randomTurn } from './patches.ts';
import type { Photo } from './photos.ts';

export interface BatchOptions {
  readonly seed: number;
  readonly patches: number;
  /** Side of a patch, pixels. */
  readonly size: number;
}

/**
 * The batch of a step: the same options, photos and step give the same batch, so that a run can be resumed.
 *
 * @param photoAt the photo at a place of the list of `count`
 * @returns input [patches, 4, size, size], target [patches, 3, size, size]
 */
export async function denoiseBatch(
  options: BatchOptions,
  step: number,
  count: number,
  photoAt: (index: number) => Promise<Photo>,
): Promise<Batch> {
  const { patches, size } = options;
  const plane = size * size;
  const input = new Float32Array(patches * 4 * plane);
  const target = new Float32Array(patches * 3 * plane);
  const random = xoroshiro128plus(Math.imul(options.seed + 1, 0x9e3779b1) ^ step);
  for (let patch = 0; patch < patches; patch++) {
    const photo = await photoAt(pick(random, count));
    const left = pick(random, photo.width - size + 1);
    const top = pick(random, photo.height - size + 1);
    const clean = target.subarray(patch * 3 * plane, (patch + 1) * 3 * plane);
    cutPatch(photo, left, top, size, randomTurn(random), clean);
    const sigma = sigmaRange.min + uniform(random) * (sigmaRange.max - sigmaRange.min);
    const noisy = input.subarray(patch * 4 * plane, (patch + 1) * 4 * plane);
    addGaussianNoise(clean, sigma, random, noisy.subarray(0, 3 * plane));
    noisy.fill(sigma / 255, 3 * plane);
  }
  return { input, target };
}
