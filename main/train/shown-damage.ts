/** Damage as a person sees it before training: the middle of a photo, clean and damaged. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ShownDamage } from '../../preload/contract.ts';
import type { Planes } from '../image/planes.ts';
import { planesPng } from '../image/planes-png.ts';
import { throughJpeg } from './degradations/jpeg.ts';
import { withCameraNoise, withGaussianNoise } from './degradations/noise.ts';
import { asFound } from './degradations/photo.ts';
import { asItIs, cutPatch } from './patches.ts';
import { PhotoCache } from './photos.ts';
import { bicubicTrial } from './tasks/upscale.ts';

/** Side of the square that is shown, pixels: a multiple of every scale. */
const side = 360;
/** Sliders move over one photo at a time. */
const photos = new PhotoCache(128 * 2 ** 20);

/**
 * PNG, at the size that training would see.
 *
 * @param strength sigma, JPEG quality, or the scale, by the kind; for a camera it chooses one
 * @throws PictureError when the photo cannot be decoded
 */
export async function shownDamage(
  path: string,
  damage: ShownDamage,
  strength: number,
  layer: 'seen' | 'clean',
): Promise<Uint8Array> {
  const clean = await middle(path);
  return planesPng(layer === 'clean' ? clean : await damaged(clean, damage, strength));
}

async function middle(path: string): Promise<Planes> {
  const photo = await photos.get(path);
  const most = Math.min(side, photo.width, photo.height);
  // Twelve is a multiple of every scale.
  const size = most - (most % 12);
  const values = new Float32Array(3 * size * size);
  cutPatch(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asItIs, values);
  return { width: size, height: size, values };
}

async function damaged(clean: Planes, damage: ShownDamage, strength: number): Promise<Planes> {
  const random = xoroshiro128plus(Math.round(strength) + 1);
  switch (damage) {
    case 'gaussian':
      // The same noise at every strength, so that a slider makes it grow.
      return withGaussianNoise(clean, strength, xoroshiro128plus(1));
    case 'camera':
      return (await withCameraNoise(clean, random)).noisy;
    case 'jpeg':
      return throughJpeg(clean, { quality: strength, chromaSubsampling: '4:2:0' });
    case 'bicubic':
      return bicubicTrial(clean, strength).seen;
    case 'photo':
      return asFound(clean, strength, random);
  }
}
