/** Learning to remove noise of a told level. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type NoiseKind, sigmaRange } from '../../../preload/contract.ts';
import { normal, uniform } from '../../engine/gaussian.ts';
import { mostTold } from '../../image/noise-estimate.ts';
import type { Planes } from '../../image/planes.ts';
import { neighbours } from '../degradations/neighbours.ts';
import { withCameraNoise, withGaussianNoise } from '../degradations/noise.ts';
import type { Damaged, Sample, Task } from './task.ts';

/** Level of white noise on held-out photos, 8-bit levels. */
const heldOutSigma = 25;
/**
 * Deviation of the logarithm of the told level of real noise. Estimates for 20 shots with a measured truth deviate by
 * 0.37, the worst by 0.83: with somewhat more the network learns to look for itself as well.
 */
const levelError = 0.5;

const white: Task = {
  scale: 1,
  cut: 1,
  learnsFrom: 'clean',
  metric: 'rgb',
  damage: async (photo, random) => {
    const sigma = sigmaRange.min + uniform(random) * (sigmaRange.max - sigmaRange.min);
    return { seen: withGaussianNoise(photo, sigma, random), clean: photo, sigma };
  },
  trial: async (photo, seed) => gaussianTrial(photo, heldOutSigma, seed),
  trialFacts: { set: 'held-out photos', sigma: heldOutSigma },
};

const camera: Task = {
  scale: 1,
  cut: 1,
  learnsFrom: 'clean',
  metric: 'rgb',
  damage: async (photo, random) => {
    const { noisy, clean } = await withCameraNoise(photo, random);
    return { seen: noisy, clean, sigma: told(levelOf(noisy, clean), random) };
  },
  trial: (photo, seed) => camera.damage(photo, xoroshiro128plus(seed)),
  trialFacts: { set: 'held-out photos, camera noise' },
};

const pairs: Task = {
  scale: 1,
  cut: 1,
  learnsFrom: 'pairs',
  metric: 'rgb',
  damage: async (photo, random) => {
    const seen = noisyOf(photo);
    return { seen, clean: photo, sigma: told(levelOf(seen, photo), random) };
  },
  trial: async (photo) => {
    const seen = noisyOf(photo);
    return { seen, clean: photo, sigma: Math.min(sigmaRange.max, levelOf(seen, photo)) };
  },
  trialFacts: { set: 'held-out pairs' },
};

const noisyOnly: Task = {
  scale: 1,
  cut: 2,
  learnsFrom: 'noisy',
  metric: 'rgb',
  damage: async (photo, random) => {
    const [seen, clean] = neighbours(photo, random);
    return { seen, clean, sigma: told(photo.sigma ?? 0, random) };
  },
  trial: async (photo, seed) => {
    const [seen, clean] = neighbours(photo, xoroshiro128plus(seed));
    return { seen, clean, sigma: Math.min(sigmaRange.max, photo.sigma ?? 0) };
  },
  trialFacts: { set: 'held-out noisy photos, against their neighbouring pixels' },
};

export const denoise: Readonly<Record<NoiseKind, Task>> = {
  gaussian: white,
  camera,
  pairs,
  'noisy-only': noisyOnly,
};

/** An estimate is never exact: the network learns to cope with a level that is somewhat off. */
function told(sigma: number, random: RandomGenerator): number {
  return Math.min(sigmaRange.max, sigma * Math.exp(levelError * normal(random)));
}

function noisyOf({ noisy }: Sample): Planes {
  if (!noisy) throw new Error('a pair lacks its noisy picture');
  return noisy;
}

/**
 * White noise of one level, added in float without clipping, as published figures do.
 *
 * @param seed the same seed gives the same noise
 */
export function gaussianTrial(clean: Planes, sigma: number, seed: number): Damaged {
  return { seen: withGaussianNoise(clean, sigma, xoroshiro128plus(seed)), clean, sigma };
}

/**
 * As `NoiseEstimate.level`, of noise that is known: its deviation, times as much as its spread over neighbouring
 * pixels makes it harder to remove. Noise of which 2 x 2 means keep 0.8 of the deviation, where white noise keeps half,
 * is what an estimate tells as `mostTold` times its deviation.
 *
 * @returns 8-bit levels
 */
function levelOf(noisy: Planes, clean: Planes): number {
  const noise = noisy.values.map((value, i) => value - (clean.values[i] ?? 0));
  const brightness = { ...noisy, values: brightnessOf(noise) };
  const spread = (2 * rms(halved(brightness))) / Math.max(1e-9, rms(brightness.values));
  const factor = 1 + ((mostTold - 1) * (spread - 1)) / 0.6;
  return 255 * rms(noise) * Math.min(mostTold, Math.max(1, factor));
}

/** Mean of the three planes. */
function brightnessOf(values: Float32Array): Float32Array {
  const plane = values.length / 3;
  const sum = (i: number) => (values[i] ?? 0) + (values[i + plane] ?? 0) + (values[i + 2 * plane] ?? 0);
  return Float32Array.from({ length: plane }, (_, i) => sum(i) / 3);
}

/** 2 x 2 means of one plane. */
function halved({ width, height, values }: Planes): Float32Array {
  const wide = width >> 1;
  return Float32Array.from({ length: wide * (height >> 1) }, (_, i) => {
    const at = 2 * Math.floor(i / wide) * width + 2 * (i % wide);
    const row = (from: number) => (values[from] ?? 0) + (values[from + 1] ?? 0);
    return (row(at) + row(at + width)) / 4;
  });
}

function rms(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
