/** Held-out PSNR: how well the network does on photos that training never sees. */
import type { Network } from '../engine/network.ts';
import { psnr } from '../image/metrics.ts';
import { denoiseTrial } from './noise-trial.ts';
import { asItIs, cutPatch } from './patches.ts';
import type { PhotoCache } from './photos.ts';

/** Noise level of the measurement, 8-bit levels, and the side of the square cut from each photo's centre. */
const sigma = 25;
const side = 256;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;

/** Mean PSNR in dB at sigma 25; the noise is the same at every call. */
export async function heldOutPsnr(
  network: Network,
  paths: readonly string[],
  photos: PhotoCache,
): Promise<number> {
  let sum = 0;
  const chosen = paths.slice(0, maxPhotos);
  for (const [seed, path] of chosen.entries()) {
    const photo = await photos.get(path);
    const size = Math.min(side, photo.width, photo.height);
    const values = new Float32Array(3 * size * size);
    cutPatch(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asItIs, values);
    const result = await denoiseTrial(network, { width: size, height: size, values }, sigma, seed);
    sum += psnr(values, result.values, 1);
  }
  return sum / chosen.length;
}
