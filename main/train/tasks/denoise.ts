/** Learning to remove noise of a told level. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type NoiseKind, sigmaRange } from '../../../preload/contract.ts';
import { normal, uniform } from '../../engine/gaussian.ts';
import type { Planes } from '../../image/planes.ts';
import { withCameraNoise, withGaussianNoise } from '../degradations/noise.ts';
import type { Damaged, Task } from './task.ts';

/** Level of white noise on held-out photos, 8-bit levels. */
const heldOutSigma = 25;
/** Deviation of the logarithm of the told level of camera noise. */
const levelError = 0.25;

const white: Task = {
  scale: 1,
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
  metric: 'rgb',
  damage: async (photo, random) => {
    const { noisy, clean } = await withCameraNoise(photo, random);
    // An estimate is never exact: the network learns to cope with a level that is somewhat off.
    const told = deviation(noisy, clean) * Math.exp(levelError * normal(random));
    return { seen: noisy, clean, sigma: Math.min(sigmaRange.max, told) };
  },
  trial: (photo, seed) => camera.damage(photo, xoroshiro128plus(seed)),
  trialFacts: { set: 'held-out photos, camera noise' },
};

export const denoise: Readonly<Record<NoiseKind, Task>> = { gaussian: white, camera };

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
