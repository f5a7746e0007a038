/** What JPEG leaves of a picture. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type JpegOptions, jpegRoundTrip } from '../../image/jpeg-round-trip.ts';
import { fromRgb, type Planes, toRgb } from '../../image/planes.ts';
import { pick } from '../patches.ts';

export async function throughJpeg(picture: Planes, options: JpegOptions): Promise<Planes> {
  const { width, height } = picture;
  return fromRgb(await jpegRoundTrip(toRgb(picture), width, height, options), width, height);
}

/** A random quality in a range, its colours at full or at half size. */
export function randomJpeg(random: RandomGenerator, quality: { min: number; max: number }): JpegOptions {
  return {
    quality: quality.min + pick(random, quality.max - quality.min + 1),
    chromaSubsampling: pick(random, 2) === 0 ? '4:4:4' : '4:2:0',
  };
}
