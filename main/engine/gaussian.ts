/** Normally distributed numbers. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Uniform in (0, 1]: never zero, so that its logarithm is finite. */
export function uniform(random: RandomGenerator): number {
  return ((random.next() >>> 0) + 1) / 2 ** 32;
}

/** One number of mean 0 and deviation 1. */
export function normal(random: RandomGenerator): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

/** Fills with mean 0 and the given standard deviation, by the Box-Muller transform. */
export function gaussian(random: RandomGenerator, into: Float32Array, deviation: number): void {
  for (let i = 0; i < into.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(uniform(random)));
    const angle = 2 * Math.PI * uniform(random);
    into[i] = radius * Math.cos(angle);
    if (i + 1 < into.length) into[i + 1] = radius * Math.sin(angle);
  }
}
