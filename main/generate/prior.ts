/** The distribution that new codes are drawn from. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { gaussian } from '../engine/gaussian.ts';
import { emptyMatrix, type Matrix, meanRow, plus, rowOf } from './matrix.ts';

/** A normal distribution: mean + factor noise. */
export interface Prior {
  readonly mean: Float32Array;
  /** Lower triangular: factor factorᵀ is the covariance. Absent when that is the identity. */
  readonly factor?: Matrix;
}

/** N(0, 1), which variational and adversarial autoencoders are trained towards. */
export function standardPrior(latent: number): Prior {
  return { mean: new Float32Array(latent) };
}

/** The normal distribution that fits given codes, for an autoencoder that was not trained towards any. */
export function fittedPrior(codes: Matrix): Prior {
  const mean = meanRow(codes);
  return { mean, factor: cholesky(covariance(codes, mean)) };
}

/** The code of standard normal numbers, or of quantiles of them. */
export function codeOf({ mean, factor }: Prior, noise: ArrayLike<number>, temperature = 1): Float32Array {
  return mean.map((centre, i) => {
    if (!factor) return centre + temperature * (noise[i] ?? 0);
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += (factor.values[i * factor.columns + j] ?? 0) * (noise[j] ?? 0);
    return centre + temperature * sum;
  });
}

/** The standard normal numbers of a code: the inverse of {@link codeOf}. */
export function noiseOf({ mean, factor }: Prior, code: Float32Array): Float32Array {
  const centred = plus(code, mean, -1);
  if (!factor) return centred;
  const noise = new Float32Array(code.length);
  for (let i = 0; i < code.length; i++) {
    let rest = centred[i] ?? 0;
    for (let j = 0; j < i; j++) rest -= (factor.values[i * factor.columns + j] ?? 0) * (noise[j] ?? 0);
    noise[i] = rest / (factor.values[i * factor.columns + i] ?? 1);
  }
  return noise;
}

export function draw(prior: Prior, random: RandomGenerator, temperature: number): Float32Array {
  const noise = new Float32Array(prior.mean.length);
  gaussian(random, noise, 1);
  return codeOf(prior, noise, temperature);
}

function covariance(codes: Matrix, mean: Float32Array): Matrix {
  const sums = emptyMatrix(codes.columns, codes.columns);
  for (let row = 0; row < codes.rows; row++) {
    const centred = plus(rowOf(codes, row), mean, -1);
    for (let i = 0; i < centred.length; i++) {
      for (let j = 0; j <= i; j++) {
        const at = i * codes.columns + j;
        sums.values[at] = (sums.values[at] ?? 0) + ((centred[i] ?? 0) * (centred[j] ?? 0)) / codes.rows;
      }
    }
  }
  return sums;
}

/** Keeps directions in which the codes do not vary at all from making the matrix singular. */
const smallestVariance = 1e-8;

/** The lower triangular matrix whose product with its transpose is the given one, of which the lower half is read. */
function cholesky(matrix: Matrix): Matrix {
  const size = matrix.rows;
  const factor = emptyMatrix(size, size);
  const at = (i: number, j: number) => factor.values[i * size + j] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix.values[i * size + j] ?? 0;
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k);
      factor.values[i * size + j] = i === j ? Math.sqrt(Math.max(rest, smallestVariance)) : rest / at(j, j);
    }
  }
  return factor;
}
