/** Walking over a plane of the latent space: its tiles, where pictures lie on it, and how much of a collection it shows. */
import { planeTileCells } from '../../preload/contract.ts';
import { codeAt, gridCodes, type Plane, type Region } from './manifold.ts';
import { dot, type Matrix, meanRow, plus, rowsOf, unit } from './matrix.ts';
import { normalQuantile, normalShare } from './normal-quantile.ts';

/** A place in shares of the prior: 0..1 is all of it, across and down. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Part of the plane: level 0 has one tile, each further level four for each. */
export interface PlaneTile {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

function regionOf({ level, x, y }: PlaneTile): Region {
  const side = 2 ** -level;
  return { left: x * side, top: y * side, width: side, height: side };
}

/** Codes of a tile's pictures, row by row. */
export function tileCodes(plane: Plane, tile: PlaneTile): Matrix {
  return gridCodes(plane, planeTileCells, planeTileCells, regionOf(tile));
}

/** Nothing lies on the edge itself: it stands for what is infinitely far away. */
const edge = 1e-6;

export function codeAtPlace(plane: Plane, { x, y }: Place): Float32Array {
  const inside = (share: number) => Math.min(1 - edge, Math.max(edge, share));
  return codeAt(plane, normalQuantile(inside(x)), normalQuantile(inside(y)));
}

/** The place on the plane that is nearest to a code. */
export function placeOf(plane: Plane, code: Float32Array): Place {
  const { origin, across, down } = plane;
  const from = plus(code, origin, -1);
  // Least squares: the axes may be askew.
  const [aa, ad, dd] = [dot(across, across), dot(across, down), dot(down, down)];
  const [fa, fd] = [dot(from, across), dot(from, down)];
  const determinant = aa * dd - ad * ad;
  if (!(determinant > 0)) return { x: 0.5, y: 0.5 };
  return {
    x: normalShare((fa * dd - fd * ad) / determinant),
    y: normalShare((fd * aa - fa * ad) / determinant),
  };
}

/** How much of what distinguishes the codes of a collection lies along the plane: a share of their variance, 0..1. */
export function shownShare({ across, down }: Plane, codes: Matrix): number {
  const first = unit(across);
  const second = unit(plus(down, first, -dot(down, first)));
  const mean = meanRow(codes);
  let [along, all] = [0, 0];
  for (const code of rowsOf(codes)) {
    const from = plus(code, mean, -1);
    along += dot(from, first) ** 2 + dot(from, second) ** 2;
    all += dot(from, from);
  }
  return all > 0 ? along / all : 0;
}
