/** Noise, as it is added to clean pictures. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { gaussian, uniform } from '../../engine/gaussian.ts';
import { type Planes, roundToLevels } from '../../image/planes.ts';
import { between } from '../patches.ts';
import { blurredEvenly } from './blur.ts';
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
const jpegShare = 0.6;
const jpegQuality = { min: 80, max: 98 } as const;

/** Share of the camera's pictures whose noise the camera has spread. */
const spreadShare = 0.8;
/**
 * How far, as standard deviations of Gaussians in pixels. White noise blurred so far correlates with itself one pixel
 * on as 20 camera files with a measured truth do: by 0.4 to 0.81 in brightness, by 0.82 to 0.96 in colour.
 */
const spreads = { brightness: [0.5, 1.2], colour: [1.4, 3] } as const;
/** How much of the smoothed noise in the colours stays: 0.4 to 1 times as much as in brightness is left in those files. */
const colourKept = [0.3, 0.9] as const;

/**
 * How much softer than a photo that was made smaller a lens and the filter before the sensor leave one, as standard
 * deviations of Gaussians in pixels. Camera files seen pixel by pixel hold 0.36 to 0.45 times as strong details at the
 * finest scale as at the next one; the photos that are learnt from 0.54 to 0.87 times.
 */
const softness = [0.1, 0.7] as const;

/**
 * The noise of a random camera at a random exposure, mostly smoothed by it and seen through JPEG.
 *
 * @returns the shot, and what it would have been without noise: the camera's colours are not quite the photo's
 */
export async function withCameraNoise(
  photo: Planes,
  random: RandomGenerator,
): Promise<{ noisy: Planes; clean: Planes }> {
  const { width, height } = photo;
  const values = new Float32Array(photo.values.length);
  const raw = new Float32Array(photo.values.length);
  const seen = blurredEvenly(photo, between(random, ...softness)).values;
  photograph(seen, width, randomCamera(random), random, values, raw);
  const clean = { width, height, values };
  const spread = uniform(random) < spreadShare;
  const shot = spread ? withSpreadNoise(clean, raw, random) : { width, height, values: raw };
  return { noisy: await throughFile(shot, random), clean };
}

/**
 * Noise as cameras leave it that reduce it themselves: smoothed a little in brightness, far in colour. The photo stays
 * sharp, as cameras try to keep it.
 */
function withSpreadNoise(clean: Planes, raw: Float32Array, random: RandomGenerator): Planes {
  const { width, height, values } = clean;
  const plane = width * height;
  const difference = (i: number) => (raw[i] ?? 0) - (values[i] ?? 0);
  const brightness = raw.map((_, i) => {
    const at = i % plane;
    return (difference(at) + difference(at + plane) + difference(at + 2 * plane)) / 3;
  });
  const colour = raw.map((_, i) => difference(i) - (brightness[i] ?? 0));
  const smoothed = (noise: Float32Array, deviations: readonly [number, number]) =>
    blurredEvenly({ width, height, values: noise }, between(random, ...deviations)).values;
  const [light, tint] = [smoothed(brightness, spreads.brightness), smoothed(colour, spreads.colour)];
  const kept = between(random, ...colourKept);
  return { width, height, values: values.map((value, i) => value + (light[i] ?? 0) + kept * (tint[i] ?? 0)) };
}

/** Rounds to 8-bit levels, and mostly compresses, as the camera's file did. */
async function throughFile(picture: Planes, random: RandomGenerator): Promise<Planes> {
  const compressed = uniform(random) < jpegShare;
  const jpeg = randomJpeg(random, jpegQuality);
  return compressed ? throughJpeg(picture, jpeg) : roundToLevels(picture);
}
