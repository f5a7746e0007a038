/** Whether codes lie as a prior does: distances between samples, beside those that samples of the prior itself have. */
import { type Matrix, rowsOf } from '../../main/generate/matrix.ts';
import type { Prior } from '../../main/generate/prior.ts';
import { sampleCodes } from '../../main/generate/sample.ts';

type Distance = (a: Matrix, b: Matrix) => number;

/** 2 E|a - b| - E|a - a'| - E|b - b'| (Székely and Rizzo 2013): zero for equal distributions. */
export const energyDistance: Distance = (a, b) => {
  const mean = (x: Matrix, y: Matrix) => {
    const [rows, others] = [rowsOf(x), rowsOf(y)];
    let sum = 0;
    for (const row of rows) for (const other of others) sum += between(row, other);
    return sum / (rows.length * others.length);
  };
  return 2 * mean(a, b) - mean(a, a) - mean(b, b);
};

function between(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(squares);
}

/** The largest of the dimensions' Kolmogorov–Smirnov statistics: how far two distribution functions part. */
export const largestKolmogorovSmirnov: Distance = (a, b) =>
  Math.max(
    ...Array.from({ length: a.columns }, (_, column) =>
      kolmogorovSmirnov(
        rowsOf(a).map((row) => row[column] ?? 0),
        rowsOf(b).map((row) => row[column] ?? 0),
      ),
    ),
  );

function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [[...a].sort((x, y) => x - y), [...b].sort((x, y) => x - y)];
  let [i, j, most] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const at = Math.min(first[i] ?? 0, second[j] ?? 0);
    while ((first[i] ?? Number.POSITIVE_INFINITY) <= at) i += 1;
    while ((second[j] ?? Number.POSITIVE_INFINITY) <= at) j += 1;
    most = Math.max(most, Math.abs(i / first.length - j / second.length));
  }
  return most;
}

export interface Comparison {
  readonly distance: number;
  /** Exceeded by one in twenty pairs of samples of the prior. */
  readonly threshold: number;
}

/** Holds codes against as many draws of the prior, and so many pairs of such draws against each other. */
export function compareToPrior(codes: Matrix, prior: Prior, distance: Distance, pairs = 40): Comparison {
  const sample = (seed: number) => sampleCodes(prior, { seed, count: codes.rows, temperature: 1 });
  const own = Array.from({ length: pairs }, (_, pair) =>
    distance(sample(2 * pair + 1), sample(2 * pair + 2)),
  );
  own.sort((a, b) => a - b);
  return { distance: distance(codes, sample(0)), threshold: own[Math.floor(0.95 * pairs)] ?? 0 };
}
