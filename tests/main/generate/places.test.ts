import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { gaussian } from '../../../main/engine/gaussian.ts';
import { emptyMatrix, type Matrix, matrixOf, rowOf, rowsOf } from '../../../main/generate/matrix.ts';
import { classAgreement, nearest } from '../../../main/generate/neighbours.ts';
import { NoveltyMeter, summary, usualNovelties } from '../../../main/generate/novelty.ts';
import { pca, project, reconstruct } from '../../../main/generate/pca.ts';
import { comparable, thumbnailsOf } from '../../../main/generate/thumbnails.ts';
import { shapes } from './shapes.ts';

function normals(rows: number, columns: number, seed: number): Matrix {
  const matrix = emptyMatrix(rows, columns);
  gaussian(xoroshiro128plus(seed), matrix.values, 1);
  return matrix;
}

describe('principal components', () => {
  // Deviations 5, 3 and 0.1 along (3, 4, 0) / 5, (-4, 3, 0) / 5 and (0, 0, 1).
  const data = matrixOf(
    rowsOf(normals(5000, 3, 1)).map(([a = 0, b = 0, c = 0]) => [
      1 + 3 * a - 2.4 * b,
      4 * a + 1.8 * b,
      0.1 * c,
    ]),
  );

  it('are the directions of the largest variance, in their order', () => {
    const { components, variances, mean } = pca(data, 2);
    expect(mean[0]).toBeCloseTo(1, 0);
    const [x = 0, y = 0] = rowOf(components, 0);
    expect(Math.abs(3 * x + 4 * y) / 5).toBeCloseTo(1, 2);
    expect(Math.sqrt(variances[0] ?? 0)).toBeCloseTo(5, 0);
    expect(Math.sqrt(variances[1] ?? 0)).toBeCloseTo(3, 0);
  });

  it('give back all but what the dropped ones held', () => {
    const fitted = pca(data, 2);
    const again = reconstruct(fitted, project(fitted, data));
    const error = data.values.reduce((sum, value, i) => sum + (value - (again.values[i] ?? 0)) ** 2, 0);
    expect(error / data.rows).toBeCloseTo(0.01, 3);
  });
});

describe('neighbours', () => {
  const points = matrixOf([
    [0, 0],
    [3, 4],
    [1, 0],
    [10, 10],
  ]);

  it('come nearest first, without the one that asks', () => {
    expect(nearest(Float32Array.of(0, 0), points, 2)).toEqual([
      { index: 0, distance: 0 },
      { index: 2, distance: 1 },
    ]);
    expect(nearest(Float32Array.of(0, 0), points, 2, 0).map(({ index }) => index)).toEqual([2, 1]);
  });

  it('agree on the class where classes lie apart, and not where they are mixed', () => {
    const noise = normals(400, 2, 3);
    const labels = Array.from({ length: 400 }, (_, i) => i % 2);
    const apart = matrixOf(rowsOf(noise).map(([x = 0, y = 0], i) => [x + 20 * (labels[i] ?? 0), y]));
    expect(classAgreement(apart, labels)).toBe(1);
    expect(classAgreement(noise, labels)).toBeGreaterThan(0.35);
    expect(classAgreement(noise, labels)).toBeLessThan(0.65);
  });
});

describe('novelty', () => {
  const training = normals(300, 12, 4);
  const heldOut = normals(200, 12, 5);
  const meter = new NoveltyMeter(training, usualNovelties(training, heldOut));

  it('calls pictures like the collection new, and its own pictures with a little noise copied', () => {
    const fresh = rowsOf(normals(100, 12, 6)).map((row) => meter.measure(row));
    expect(summary(fresh).new).toBeGreaterThan(85);
    const noise = normals(100, 12, 7);
    const copies = rowsOf(noise).map((row, i) =>
      meter.measure(row.map((value, j) => 0.1 * value + (rowOf(training, i)[j] ?? 0))),
    );
    expect(summary(copies)).toEqual({ new: 0, close: 0, copied: 100, unlike: 0 });
    expect(copies.map(({ nearest: index }) => index)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('calls what is farther from all of them than they are from each other unlike', () => {
    const blurs = rowsOf(normals(100, 12, 8)).map((row) =>
      meter.measure(row.map((value) => 6 + 0.1 * value)),
    );
    expect(summary(blurs)).toEqual({ new: 0, close: 0, copied: 0, unlike: 100 });
    const same = new NoveltyMeter(matrixOf([[1], [1], [1]]), []);
    expect(same.measure(Float32Array.of(9)).verdict).toBe('new');
  });

  it('is relative to the neighbourhood: what is a copy among portraits is new among digits one', () => {
    const dense = matrixOf([...Array.from({ length: 50 }, (_, i) => [i * 0.1, 0]), [100, 0], [120, 0]]);
    const judge = new NoveltyMeter(dense, [1]);
    const [x, far] = [judge.measure(Float32Array.of(2.05, 0.2)), judge.measure(Float32Array.of(100, 0.2))];
    expect(x.verdict).toBe('new');
    expect(far.verdict).toBe('copied');
    expect(x.distance).toBeLessThanOrEqual(far.distance + 0.01);
  });
});

it('makes pictures small by halving, and compares them at sixteen pixels or a little less', () => {
  const pictures = shapes(3);
  expect(thumbnailsOf(pictures)).toBe(pictures);
  const small = comparable(pictures);
  expect(small.columns).toBe(14 * 14);
  // The mean brightness stays.
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(small.values)).toBeCloseTo(mean(pictures.values) / 255, 3);
});
