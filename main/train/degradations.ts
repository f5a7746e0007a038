/** Artificial damage: pure functions of clean samples and a random generator. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { gaussian } from '../engine/gaussian.ts';

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
