/** Held-out PSNR: how well the network does on photos that training never sees. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Network } from '../engine/network.ts';
import { addGaussianNoise } from './degradations.ts';
import { cutPatch } from './patches.ts';
import type { PhotoCache } from './photos.ts';

/** Noise level of the measurement, 8-bit levels, and the side of the square cut from each photo's centre. */
const sigma = 25;
const side = 256;
/** More photos would slow training down for no steadier figure. */
const maxPhotos = 16;
const asTheyAre = { flipX: false, flipY: false, transpose: false };

/** Mean PSNR in dB at sigma 25; the noise is the same at every call. */
export async function heldOutPsnr(
  network: Network,
  paths: readonly string[],
  photos: PhotoCache,
): Promise<number> {
  let sum = 0;
  const chosen = paths.slice(0, maxPhotos);
  for (const [index, path] of chosen.entries()) {
    const photo = await photos.get(path);
    const size = Math.min(
      side,
      Math.floor(Math.min(photo.width, photo.height) / network.multiple) * network.multiple,
    );
    const clean = new Float32Array(3 * size * size);
    cutPatch(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asTheyAre, clean);
    const input = new Float32Array(4 * size * size).fill(sigma / 255);
    addGaussianNoise(clean, sigma, xoroshiro128plus(index), input.subarray(0, clean.length));
    const output = await network.run(input, size, size);
    const squares = clean.reduce((total, value, i) => total + (value - (output[i] ?? 0)) ** 2, 0);
    sum += 10 * Math.log10(clean.length / squares);
  }
  return sum / chosen.length;
}
