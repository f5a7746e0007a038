/** Batches for the denoiser: noisy patches with their noise level, and the clean patches. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { NoiseKind } from '../../preload/contract.ts';
import { degradations } from './degradations.ts';
import { cutPatch, pick, randomTurn } from './patches.ts';
import type { Photo } from './photos.ts';

export type DenoiseBatch = {
  readonly input: Float32Array;
  readonly target: Float32Array;
};

export interface BatchOptions {
  readonly seed: number;
  readonly patches: number;
  /** Side of a patch, pixels. */
  readonly size: number;
  readonly noise: NoiseKind;
}

/**
 * Damage is done to a square that is larger by this, of which the patch is a random part: neither its edges nor
 * the grid of JPEG's 8 x 8 blocks then lie at the same place in every patch.
 */
export const patchMargin = 8;

/**
 * The batch of a step: the same options, photos and step give the same batch, so that a run can be resumed.
 *
 * @param photoAt the photo at a place of the list of `count`; its sides are at least size + patchMargin
 * @returns input [patches, 4, size, size], target [patches, 3, size, size]
 */
export async function denoiseBatch(
  options: BatchOptions,
  step: number,
  count: number,
  photoAt: (index: number) => Promise<Photo>,
): Promise<DenoiseBatch> {
  const { patches, size, noise } = options;
  const plane = size * size;
  const input = new Float32Array(patches * 4 * plane);
  const target = new Float32Array(patches * 3 * plane);
  const random = xoroshiro128plus(Math.imul(options.seed + 1, 0x9e3779b1) ^ step);
  const side = size + patchMargin;
  for (let patch = 0; patch < patches; patch++) {
    const photo = await photoAt(pick(random, count));
    const left = pick(random, photo.width - side + 1);
    const top = pick(random, photo.height - side + 1);
    const square = new Float32Array(3 * side * side);
    cutPatch(photo, left, top, side, randomTurn(random), square);
    const { noisy, clean, sigma } = await degradations[noise](square, side, random);
    const [x, y] = [pick(random, patchMargin + 1), pick(random, patchMargin + 1)];
    crop(noisy, side, x, y, size, input.subarray(patch * 4 * plane));
    crop(clean, side, x, y, size, target.subarray(patch * 3 * plane));
    input.fill(sigma / 255, (patch * 4 + 3) * plane, (patch + 1) * 4 * plane);
  }
  return { input, target };
}

/** Copies a square part of three square planes. */
function crop(
  planes: Float32Array,
  side: number,
  x: number,
  y: number,
  size: number,
  into: Float32Array,
): void {
  for (let row = 0; row < 3 * size; row++) {
    const from = (Math.floor(row / size) * side + y + (row % size)) * side + x;
    into.set(planes.subarray(from, from + size), row * size);
  }
}
