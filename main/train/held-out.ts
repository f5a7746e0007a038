/** Held-out scores: how well the network does on photos that training never sees. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { NoiseKind } from '../../preload/contract.ts';
import type { Network } from '../engine/network.ts';
import { degradations } from './degradations.ts';
import { type Scores, scoreDenoiser } from './evaluate.ts';
import { asItIs, cutPatch } from './patches.ts';
import type { PhotoCache } from './photos.ts';
import { gaussianTrial, type Trial } from './trial.ts';

/** Level of white noise on held-out photos, 8-bit levels, and the side of the square cut from each one's centre. */
export const heldOutSigma = 25;
const side = 256;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;

/** Scores on the centres of held-out photos, with the same noise at every call. */
export function heldOutScores(
  network: Network,
  noise: NoiseKind,
  paths: readonly string[],
  photos: PhotoCache,
): Promise<Scores> {
  const trials = paths.slice(0, maxPhotos).map((path, seed) => () => heldOutTrial(path, noise, seed, photos));
  return scoreDenoiser(network, trials);
}

async function heldOutTrial(
  path: string,
  noise: NoiseKind,
  seed: number,
  photos: PhotoCache,
): Promise<Trial> {
  const photo = await photos.get(path);
  const size = Math.min(side, photo.width, photo.height);
  const values = new Float32Array(3 * size * size);
  cutPatch(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asItIs, values);
  const square = (planes: Float32Array) => ({ width: size, height: size, values: planes });
  if (noise === 'gaussian') return gaussianTrial(square(values), heldOutSigma, seed);
  const { noisy, clean, sigma } = await degradations[noise](values, size, xoroshiro128plus(seed));
  return { noisy: square(noisy), clean: square(clean), sigma };
}
