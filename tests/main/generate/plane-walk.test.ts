import { describe, expect, it } from 'vitest';
import { gridCodes, type Plane, priorPlane } from '../../../main/generate/manifold.ts';
import { matrixOf, rowOf } from '../../../main/generate/matrix.ts';
import { normalQuantile, normalShare } from '../../../main/generate/normal-quantile.ts';
import { codeAtPlace, placeOf, shownShare, tileCodes } from '../../../main/generate/plane-walk.ts';
import { standardPrior } from '../../../main/generate/prior.ts';
import { planeTileCells } from '../../../preload/contract.ts';

const flat = priorPlane(standardPrior(2));
/** Axes that are not at right angles, in four dimensions. */
const askew: Plane = {
  origin: Float32Array.of(1, 0, -1, 2),
  across: Float32Array.of(1, 1, 0, 0),
  down: Float32Array.of(0.5, -0.25, 2, 0),
};

it('knows shares of the normal distribution', () => {
  // From published tables.
  expect(normalShare(0)).toBeCloseTo(0.5, 9);
  expect(normalShare(1)).toBeCloseTo(0.8413447461, 8);
  expect(normalShare(-1.959963985)).toBeCloseTo(0.025, 8);
});

describe('a place on the plane', () => {
  it('is a share of the prior: the middle is the origin, and the edges are far away', () => {
    const middle = codeAtPlace(askew, { x: 0.5, y: 0.5 });
    for (const [i, value] of askew.origin.entries()) expect(middle[i]).toBeCloseTo(value, 6);
    const [x = 0, y = 0] = codeAtPlace(flat, { x: 0.8413447461, y: 0.1586552539 });
    expect(x).toBeCloseTo(1, 5);
    expect(y).toBeCloseTo(-1, 5);
    expect([...codeAtPlace(flat, { x: 0, y: 1 })].every(Number.isFinite)).toBe(true);
  });

  it('is found again from its code, also where the axes are askew', () => {
    const place = placeOf(askew, codeAtPlace(askew, { x: 0.3, y: 0.82 }));
    expect(place.x).toBeCloseTo(0.3, 5);
    expect(place.y).toBeCloseTo(0.82, 5);
  });

  it('of a code beside the plane is the nearest one', () => {
    const { x, y } = placeOf(askew, Float32Array.of(1, 0, -1, 77));
    expect(x).toBeCloseTo(0.5, 6);
    expect(y).toBeCloseTo(0.5, 6);
  });

  it('is the middle where the axes are no plane', () => {
    const line = { ...askew, down: askew.across };
    expect(placeOf(line, Float32Array.of(9, 9, 9, 9))).toEqual({ x: 0.5, y: 0.5 });
  });
});

describe('the tiles of a plane', () => {
  it('are parts of one even grid', () => {
    const whole = gridCodes(flat, 2 * planeTileCells, 2 * planeTileCells);
    const right = tileCodes(flat, { level: 1, x: 1, y: 0 });
    expect([...rowOf(right, 0)]).toEqual([...rowOf(whole, planeTileCells)]);
    expect([...rowOf(right, planeTileCells)]).toEqual([...rowOf(whole, 3 * planeTileCells)]);
  });

  it('hold ever smaller shares of the prior', () => {
    const codes = tileCodes(flat, { level: 3, x: 0, y: 7 });
    expect(rowOf(codes, 0)[0]).toBeCloseTo(normalQuantile(1 / 64), 5);
    expect(rowOf(codes, codes.rows - 1)[1]).toBeCloseTo(normalQuantile(63 / 64), 5);
  });
});

it('tells which share of the variance of codes lies along a plane', () => {
  // Variances 4, 1 and 5 along three axes.
  const codes = matrixOf([
    [2 * Math.SQRT2, 0, 0],
    [-2 * Math.SQRT2, 0, 0],
    [0, Math.SQRT2, Math.sqrt(10)],
    [0, -Math.SQRT2, -Math.sqrt(10)],
  ]);
  const [x, y, z] = [Float32Array.of(3, 0, 0), Float32Array.of(1, 1, 0), Float32Array.of(0, 0, 1)];
  const origin = new Float32Array(3);
  expect(shownShare({ origin, across: x, down: y }, codes)).toBeCloseTo(0.5, 6);
  expect(shownShare({ origin, across: x, down: z }, codes)).toBeCloseTo(0.9, 6);
});
