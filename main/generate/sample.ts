/** New codes: from the prior, and around a given one. Code k follows from the seed and k alone, however many. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Matrix, matrixOf, plus } from './matrix.ts';
import { draw, type Prior } from './prior.ts';

export interface SampleOptions {
  readonly seed: number;
  readonly count: number;
  /** 1 draws from the prior as it is; less stays nearer to its middle. */
  readonly temperature: number;
}

export function sampleCodes(prior: Prior, { seed, count, temperature }: SampleOptions): Matrix {
  return matrixOf(
    Array.from({ length: count }, (_, index) => draw(prior, generator(seed, index), temperature)),
  );
}

/** Codes around one, each as far away as `temperature` deviations of the prior. */
export function variationCodes(prior: Prior, centre: Float32Array, options: SampleOptions): Matrix {
  const steps = sampleCodes({ ...prior, mean: new Float32Array(centre.length) }, options);
  return matrixOf(
    Array.from({ length: options.count }, (_, index) =>
      plus(centre, steps.values.subarray(index * steps.columns, (index + 1) * steps.columns)),
    ),
  );
}

function generator(seed: number, index: number) {
  return xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
}
