/** Learning to remove noise of a told level. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { type NoiseKind, sigmaRange } from '../../../preload/contract.ts';
import { normal, uniform } from '../../engine/gaussian.ts';
import type { Planes } from '../../image/planes.ts';
import { neighbours } from '../degradations/neighbours.ts';
import { withCameraNoise, withGaussianNoise } from '../degradations/noise.ts';
import type { Damaged, Sample, Task } from './task.ts';

/** Level of white noise on held-out photos, 8-bit levels. */
const heldOutSigma = 25;
/** Deviation of the logarithm of the told level of camera noise. */
const levelError = 0.25;

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
    return { seen: noisy, clean, sigma: told(deviation(noisy, clean), random) };
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
    return { seen, clean: photo, sigma: told(deviation(seen, photo), random) };
  },
  trial: async (photo) => {
    const seen = noisyOf(photo);
    return { seen, clean: photo, sigma: Math.min(sigmaRange.max, deviation(seen, photo)) };
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

/** Root mean square of the difference, in 8-bit levels. */
function deviation(a: Planes, b: Planes): number {
  const sum = a.values.reduce((total, value, i) => total + (value - (b.values[i] ?? 0)) ** 2, 0);
  return 255 * Math.sqrt(sum / a.values.length);
}
