import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { gaussian } from '../../../main/engine/gaussian.ts';
import { applied, direction } from '../../../main/generate/arithmetic.ts';
import { interpolate, lerp, slerp } from '../../../main/generate/interpolate.ts';
import {
  codeAt,
  gridCodes,
  planeThrough,
  principalPlane,
  priorPlane,
} from '../../../main/generate/manifold.ts';
import { emptyMatrix, matrixOf, meanRow, rowOf, rowsOf } from '../../../main/generate/matrix.ts';
import { normalQuantile } from '../../../main/generate/normal-quantile.ts';
import { codeOf, fittedPrior, noiseOf, standardPrior } from '../../../main/generate/prior.ts';
import { sampleCodes, variationCodes } from '../../../main/generate/sample.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[], digits = 5) => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, digits);
};

describe('interpolation', () => {
  const [east, north] = [Float32Array.of(2, 0), Float32Array.of(0, 4)];

  it('goes straight, or along the circle with the length changing evenly', () => {
    close(lerp(east, north, 0.5), [1, 2]);
    close(slerp(east, north, 0.5), [3 * Math.SQRT1_2, 3 * Math.SQRT1_2]);
    close(slerp(east, north, 1 / 3), [(8 / 3) * Math.cos(Math.PI / 6), (8 / 3) * Math.sin(Math.PI / 6)]);
  });

  it('goes straight where no circle is meant: parallel codes, and the origin', () => {
    close(slerp(east, Float32Array.of(4, 0), 0.5), [3, 0]);
    close(slerp(Float32Array.of(0, 0), north, 0.25), [0, 1]);
  });

  it('begins and ends at the stops, and passes through those between', () => {
    const stops = [east, north, Float32Array.of(-6, 0)];
    const codes = interpolate(stops, { path: 'straight', frames: 5, loop: false });
    close(codes.values, [2, 0, 1, 2, 0, 4, -3, 2, -6, 0]);
  });

  it('comes back in a loop, without showing the first picture twice', () => {
    const codes = interpolate([east, north], { path: 'straight', frames: 4, loop: true });
    close(codes.values, [2, 0, 1, 2, 0, 4, 1, 2]);
  });
});

describe('the prior', () => {
  it('fits a normal distribution to codes', () => {
    const noise = emptyMatrix(20_000, 2);
    gaussian(xoroshiro128plus(1), noise.values, 1);
    // x = 3 + 2 a, y = -1 + a + 0.5 b
    const codes = matrixOf(rowsOf(noise).map(([a = 0, b = 0]) => [3 + 2 * a, -1 + a + 0.5 * b]));
    const prior = fittedPrior(codes);
    close(prior.mean, [3, -1], 1);
    close(prior.factor?.values ?? [], [2, 0, 1, 0.5], 1);
    const code = codeOf(prior, [0.3, -0.7]);
    close(noiseOf(prior, code), [0.3, -0.7]);
  });

  it('draws the same codes for the same seed, however many are asked for', () => {
    const prior = standardPrior(8);
    const few = sampleCodes(prior, { seed: 7, count: 3, temperature: 1 });
    const many = sampleCodes(prior, { seed: 7, count: 20, temperature: 1 });
    expect(few.values).toEqual(many.values.subarray(0, 24));
    expect(sampleCodes(prior, { seed: 8, count: 3, temperature: 1 }).values).not.toEqual(few.values);
  });

  it('spreads with the temperature', () => {
    const at = (temperature: number) => sampleCodes(standardPrior(4), { seed: 1, count: 500, temperature });
    const deviation = (values: Float32Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(deviation(at(1).values)).toBeCloseTo(1, 1);
    expect(deviation(at(0.5).values)).toBeCloseTo(0.5, 1);
    expect(deviation(at(0).values)).toBe(0);
  });

  it('varies around a code', () => {
    const centre = Float32Array.of(5, -5);
    const codes = variationCodes(standardPrior(2), centre, { seed: 1, count: 400, temperature: 0.2 });
    close(meanRow(codes), [5, -5], 1);
    expect(Math.max(...codes.values.map((value, i) => Math.abs(value - (centre[i % 2] ?? 0))))).toBeLessThan(
      1,
    );
  });
});

it('knows the quantiles of the normal distribution', () => {
  // From published tables.
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
  expect(normalQuantile(0.8413447461)).toBeCloseTo(1, 7);
});

describe('the manifold', () => {
  it('gives every cell of the grid the same share of the prior', () => {
    const codes = gridCodes(priorPlane(standardPrior(2)), 4, 2);
    expect(codes.rows).toBe(8);
    const eighth = normalQuantile(1 / 8);
    close(rowOf(codes, 0), [eighth, normalQuantile(1 / 4)]);
    close(rowOf(codes, 7), [-eighth, normalQuantile(3 / 4)]);
  });

  it('grows finer where one zooms', () => {
    const plane = priorPlane(standardPrior(2));
    const whole = gridCodes(plane, 4, 4);
    const quarter = gridCodes(plane, 4, 4, { left: 0.5, top: 0, width: 0.5, height: 0.5 });
    // Two columns of the finer grid lie on both sides of a column of the coarse one.
    const [x] = rowOf(whole, 2);
    const [left = 0, right = 0] = [rowOf(quarter, 0)[0], rowOf(quarter, 1)[0]];
    expect(left).toBeLessThan(x ?? 0);
    expect(right).toBeGreaterThan(x ?? 0);
  });

  it('goes through three codes, at right angles', () => {
    const corners = [Float32Array.of(1, 1, 0), Float32Array.of(3, 1, 0), Float32Array.of(2, 1, 5)] as const;
    const plane = planeThrough(...corners);
    close(codeAt(plane, 0, 0), [2, 1, 5 / 3]);
    // Squared distances from the middle: 1 + (5/3)², the same, and (10/3)².
    const radius = Math.sqrt((2 + 150 / 9) / 3);
    close(plane.across, [radius, 0, 0]);
    close(plane.down, [0, 0, radius]);
    close(codeAt(plane, -1 / radius, -5 / 3 / radius), [1, 1, 0]);
    close(codeAt(plane, 0, 10 / 3 / radius), [2, 1, 5]);
  });

  it('lies where the codes of a collection differ most', () => {
    const noise = emptyMatrix(3000, 3);
    gaussian(xoroshiro128plus(2), noise.values, 1);
    const codes = matrixOf(rowsOf(noise).map(([a = 0, b = 0, c = 0]) => [0.01 * a, 4 * b, 2 + 2 * c]));
    const { origin, across, down } = principalPlane(codes);
    close(origin, [0, 0, 2], 0);
    expect(Math.abs(across[1] ?? 0)).toBeCloseTo(4, 0);
    expect(Math.abs(down[2] ?? 0)).toBeCloseTo(2, 0);
  });
});

it('finds what one group has and another has not, and gives it to any code', () => {
  const without = matrixOf([
    [0, 0],
    [2, 0],
  ]);
  const having = matrixOf([
    [1, 3],
    [1, 5],
  ]);
  const lift = direction(without, having);
  close(lift, [0, 4]);
  const changes = [
    { direction: lift, amount: 0.5 },
    { direction: Float32Array.of(1, 0), amount: -2 },
  ];
  close(applied(Float32Array.of(10, 10), changes), [8, 12]);
});
