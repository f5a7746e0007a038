/** Noise, as it is added to clean pictures. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { gaussian, uniform } from '../../engine/gaussian.ts';
import { type Planes, roundToLevels } from '../../image/planes.ts';
import { photograph, randomCamera } from './camera.ts';
import { randomJpeg, throughJpeg } from './jpeg.ts';

/**
 * White Gaussian noise, added in float and not clipped, as denoisers are compared on.
 *
 * @param sigma standard deviation in 8-bit levels
 */
export function withGaussianNoise(clean: Planes, sigma: number, random: RandomGenerator): Planes {
  const values = new Float32Array(clean.values.length);
  gaussian(random, values, sigma / 255);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + (clean.values[i] ?? 0);
  return { ...clean, values };
}

/** Share of the camera's pictures that went through JPEG, and its range of qualities. */
const jpegShare = 0.7;
const jpegQuality = { min: 75, max: 98 } as const;

/**
 * The noise of a random camera at a random exposure, mostly seen through JPEG.
 *
 * @returns the shot, and what it would have been without noise: the camera's colours are not quite the photo's
 */
export async function withCameraNoise(
  photo: Planes,
  random: RandomGenerator,
): Promise<{ noisy: Planes; clean: Planes }> {
  const { width, height } = photo;
  const clean = new Float32Array(photo.values.length);
  const raw = new Float32Array(photo.values.length);
  photograph(photo.values, width, randomCamera(random), random, clean, raw);
  const noisy = await throughFile({ width, height, values: raw }, random);
  return { noisy, clean: { width, height, values: clean } };
}

/** Rounds to 8-bit levels, and mostly compresses, as the camera's file did. */
async function throughFile(picture: Planes, random: RandomGenerator): Promise<Planes> {
  const compressed = uniform(random) < jpegShare;
  const jpeg = randomJpeg(random, jpegQuality);
  return compressed ? throughJpeg(picture, jpeg) : roundToLevels(picture);
}
