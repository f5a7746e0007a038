/** Artificial damage for training a denoiser. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type NoiseKind, sigmaRange } from '../../preload/contract.ts';
import { gaussian, normal, uniform } from '../engine/gaussian.ts';
import { jpegRoundTrip } from '../image/jpeg-round-trip.ts';
import { photograph, randomCamera } from './camera.ts';
import { pick } from './patches.ts';

/** A patch [3, side, side], samples 0..1, as the network shall see it and as it shall become. */
export interface Damaged {
  readonly noisy: Float32Array;
  readonly clean: Float32Array;
  /** Noise level to tell the network, 8-bit levels. */
  readonly sigma: number;
}

type Degradation = (photo: Float32Array, side: number, random: RandomGenerator) => Promise<Damaged>;

export const degradations: Readonly<Record<NoiseKind, Degradation>> = {
  /** White noise of a random level. */
  gaussian: async (photo, _side, random) => {
    const sigma = sigmaRange.min + uniform(random) * (sigmaRange.max - sigmaRange.min);
    const noisy = new Float32Array(photo.length);
    addGaussianNoise(photo, sigma, random, noisy);
    return { noisy, clean: photo, sigma };
  },
  /** The noise of a random camera at a random exposure, mostly seen through JPEG. */
  camera: async (photo, side, random) => {
    const clean = new Float32Array(photo.length);
    const raw = new Float32Array(photo.length);
    photograph(photo, side, randomCamera(random), random, clean, raw);
    const noisy = await throughFile(raw, side, random);
    // An estimate is never exact: the network learns to cope with a level that is somewhat off.
    const told = deviation(noisy, clean) * Math.exp(levelError * normal(random));
    return { noisy, clean, sigma: Math.min(sigmaRange.max, told) };
  },
};

/** Deviation of the logarithm of the told noise level. */
const levelError = 0.25;
/** Share of the camera's pictures that went through JPEG, and its range of qualities. */
const jpegShare = 0.7;
const jpegQuality = { min: 75, max: 98 } as const;

/**
 * White Gaussian noise, added in float and not clipped, as denoisers are compared on.
 *
 * @param clean samples 0..1
 * @param sigma standard deviation in 8-bit levels
 * @param into receives clean + noise
 */
export function addGaussianNoise(
  clean: Float32Array,
  sigma: number,
  random: RandomGenerator,
  into: Float32Array,
): void {
  gaussian(random, into, sigma / 255);
  for (let i = 0; i < clean.length; i++) into[i] = (into[i] ?? 0) + (clean[i] ?? 0);
}

/** Rounds to 8-bit levels, and mostly compresses, as the camera's file did. */
async function throughFile(
  planes: Float32Array,
  side: number,
  random: RandomGenerator,
): Promise<Float32Array> {
  const plane = side * side;
  const rgb = new Uint8Array(planes.length);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) {
      rgb[3 * i + c] = 0.5 + 255 * Math.min(1, Math.max(0, planes[c * plane + i] ?? 0));
    }
  }
  const compressed = uniform(random) < jpegShare;
  const quality = jpegQuality.min + pick(random, jpegQuality.max - jpegQuality.min + 1);
  const chromaSubsampling = pick(random, 2) === 0 ? '4:4:4' : '4:2:0';
  const seen = compressed ? await jpegRoundTrip(rgb, side, side, { quality, chromaSubsampling }) : rgb;
  const result = new Float32Array(planes.length);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) result[c * plane + i] = (seen[3 * i + c] ?? 0) / 255;
  }
  return result;
}

/** Root mean square of the difference, in 8-bit levels. */
function deviation(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return 255 * Math.sqrt(sum / a.length);
}
