/** Principal components, by subspace iteration: only the few that are asked for. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { gaussian } from '../engine/gaussian.ts';
import { dot, emptyMatrix, type Matrix, matrixOf, meanRow, plus, rowOf, rowsOf } from './matrix.ts';

export interface Pca {
  readonly mean: Float32Array;
  /** [components, columns], orthonormal, the one of the largest variance first. */
  readonly components: Matrix;
  /** Variance along each. */
  readonly variances: readonly number[];
}

/** Besides those asked for, so that the last of them converge too (Halko, Martinsson and Tropp 2011). */
const spare = 6;
const iterations = 6;

/** @param count at most the number of columns; fewer where there are fewer */
export function pca(data: Matrix, count: number): Pca {
  const mean = meanRow(data);
  const centred = centredRows(data, mean);
  const width = Math.min(data.columns, count + spare);
  const basis = emptyMatrix(width, data.columns);
  gaussian(xoroshiro128plus(1), basis.values, 1);
  orthonormalize(basis);
  for (let iteration = 0; iteration < iterations; iteration++) {
    basis.values.set(backProjected(centred, projected(centred, basis)).values);
    orthonormalize(basis);
  }
  const kept = Math.min(count, data.columns);
  const { rotation, variances } = principalAxes(projected(centred, basis));
  const components = emptyMatrix(kept, data.columns);
  for (let index = 0; index < kept; index++) {
    let sum: Float32Array = new Float32Array(data.columns);
    for (const [axis, amount] of rowOf(rotation, index).entries())
      sum = plus(sum, rowOf(basis, axis), amount);
    components.values.set(sum, index * data.columns);
  }
  return { mean, components, variances: variances.slice(0, kept) };
}

/** Multiplications with the small covariance: enough to tell apart variances that differ by a tenth. */
const rotations = 300;

/** The principal axes within the found subspace (Rayleigh and Ritz), whose turn a few iterations leave to chance. */
function principalAxes(scores: Matrix): { rotation: Matrix; variances: number[] } {
  const covariance = backProjected(scores, scores);
  let rotation = matrixOf(rowsOf(covariance).map((row, index) => row.map((_, i) => (i === index ? 1 : 0))));
  for (let turn = 0; turn < rotations; turn++) {
    rotation = projected(rotation, covariance);
    orthonormalize(rotation);
  }
  const stretched = projected(rotation, covariance);
  const variances = rowsOf(rotation).map((row, index) => dot(row, rowOf(stretched, index)));
  return { rotation, variances };
}

/** Coordinates along the components, [rows, components]. */
export function project({ mean, components }: Pca, data: Matrix): Matrix {
  return projected(centredRows(data, mean), components);
}

/** The rows as the components alone would give them back. */
export function reconstruct({ mean, components }: Pca, coordinates: Matrix): Matrix {
  const result = emptyMatrix(coordinates.rows, components.columns);
  for (let row = 0; row < coordinates.rows; row++) {
    let sum = mean;
    for (const [index, amount] of rowOf(coordinates, row).entries()) {
      sum = plus(sum, rowOf(components, index), amount);
    }
    result.values.set(sum, row * components.columns);
  }
  return result;
}

function centredRows(data: Matrix, mean: Float32Array): Matrix {
  const values = data.values.map((value, i) => value - (mean[i % data.columns] ?? 0));
  return { ...data, values };
}

function projected(centred: Matrix, basis: Matrix): Matrix {
  const scores = emptyMatrix(centred.rows, basis.rows);
  for (let row = 0; row < centred.rows; row++) {
    const values = rowOf(centred, row);
    for (let index = 0; index < basis.rows; index++) {
      scores.values[row * basis.rows + index] = dot(values, rowOf(basis, index));
    }
  }
  return scores;
}

/** scoresᵀ x centred: the basis after one multiplication with the covariance. */
function backProjected(centred: Matrix, scores: Matrix): Matrix {
  const result = emptyMatrix(scores.columns, centred.columns);
  for (let row = 0; row < centred.rows; row++) {
    const values = rowOf(centred, row);
    for (let index = 0; index < scores.columns; index++) {
      const share = (scores.values[row * scores.columns + index] ?? 0) / centred.rows;
      const into = rowOf(result, index);
      for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + share * (values[i] as number);
    }
  }
  return result;
}

/** Gram and Schmidt's, in place. Rows that vanish, where there are more of them than dimensions, become zeros. */
function orthonormalize(basis: Matrix): void {
  for (let index = 0; index < basis.rows; index++) {
    const row = rowOf(basis, index);
    const before = Math.sqrt(dot(row, row));
    for (let other = 0; other < index; other++) {
      row.set(plus(row, rowOf(basis, other), -dot(row, rowOf(basis, other))));
    }
    const length = Math.sqrt(dot(row, row));
    row.set(row.map((value) => (length > before * 1e-6 ? value / length : 0)));
  }
}
