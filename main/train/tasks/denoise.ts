/** Learning to remove noise of a told level. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type NoiseKind, sigmaRange } from '../../../preload/contract.ts';
import { uniform } from '../../engine/gaussian.ts';
import type { Planes } from '../../image/planes.ts';
import { neighbours } from '../degradations/neighbours.ts';
import { withCameraNoise, withGaussianNoise } from '../degradations/noise.ts';
import type { Damaged, Sample, Task } from './task.ts';
import { levelOf, told } from './told-level.ts';

/** Level of white noise on held-out photos, 8-bit levels. */
const heldOutSigma = 25;

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
