/** Damage as a person sees it before training: the middle of a photo, clean and damaged. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ShownDamage } from '../../preload/contract.ts';
import type { Planes } from '../image/planes.ts';
import { planesPng } from '../image/planes-png.ts';
import { throughJpeg } from './degradations/jpeg.ts';
import { withCameraNoise, withGaussianNoise } from './degradations/noise.ts';
import { asFound } from './degradations/photo.ts';
import { cutMiddle } from './patches.ts';
import { PhotoCache } from './photos.ts';
import { bicubicTrial } from './tasks/upscale.ts';

/** Side of the square that is shown, pixels, and what it is a multiple of: every scale. */
const side = 360;
const multiple = 12;
/** Sliders move over one photo at a time. */
const photos = new PhotoCache(128 * 2 ** 20);

/** Damage that is done to clean pictures, where real pairs have their own. */
export type AddedDamage = Exclude<ShownDamage, 'pairs'>;

/**
 * PNG, at the size that training would see.
 *
 * @param strength sigma, JPEG quality, or the scale, by the kind; for a camera it chooses one
 * @throws PictureError when the photo cannot be decoded
 */
export async function shownDamage(
  path: string,
  damage: AddedDamage,
  strength: number,
  layer: 'seen' | 'clean',
): Promise<Uint8Array> {
  const clean = await middle(path);
  return planesPng(layer === 'clean' ? clean : await damaged(clean, damage, strength));
}

/** PNG, at the same size. @throws PictureError when the photo cannot be decoded */
export async function shownMiddle(path: string): Promise<Uint8Array> {
  return planesPng(await middle(path));
}

async function middle(path: string): Promise<Planes> {
  return cutMiddle(await photos.get(path), side, multiple);
}

async function damaged(clean: Planes, damage: AddedDamage, strength: number): Promise<Planes> {
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
