/** Held-out scores: how well the network does on photos that training never sees. */
import type { Network } from '../engine/network.ts';
import { type Scores, scoreDenoiser } from './evaluate.ts';
import type { Planes } from './noise-trial.ts';
import { asItIs, cutPatch } from './patches.ts';
import type { Photo, PhotoCache } from './photos.ts';

/** Noise level of the measurement, 8-bit levels, and the side of the square cut from each photo's centre. */
export const heldOutSigma = 25;
const side = 256;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;

/** Scores on the centres of held-out photos at sigma 25. */
export function heldOutScores(
  network: Network,
  paths: readonly string[],
  photos: PhotoCache,
): Promise<Scores> {
  const pictures = paths.slice(0, maxPhotos).map((path) => async () => centre(await photos.get(path)));
  return scoreDenoiser(network, heldOutSigma, pictures);
}

function centre(photo: Photo): Planes {
  const size = Math.min(side, photo.width, photo.height);
  const values = new Float32Array(3 * size * size);
  cutPatch(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asItIs, values);
  return { width: size, height: size, values };
}
