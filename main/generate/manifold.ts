/** A plane through the latent space, and the grid of codes on it. */
import { dot, type Matrix, matrixOf, meanRow, plus, rowsOf, squaredDistance, unit } from './matrix.ts';
import { normalQuantile } from './normal-quantile.ts';
import { pca } from './pca.ts';
import { codeOf, type Prior } from './prior.ts';

/** origin + x across + y down */
export interface Plane {
  readonly origin: Float32Array;
  readonly across: Float32Array;
  readonly down: Float32Array;
}

/** The first two dimensions of the prior, each as long as one deviation. Of a 2-D latent space it is the whole. */
export function priorPlane(prior: Prior): Plane {
  const origin = codeOf(prior, []);
  const axis = (which: number) =>
    plus(
      codeOf(
        prior,
        Array.from({ length: origin.length }, (_, i) => (i === which ? 1 : 0)),
      ),
      origin,
      -1,
    );
  return { origin, across: axis(0), down: axis(1) };
}

/** The two directions in which the codes of a collection differ most, each as long as one deviation. */
export function principalPlane(codes: Matrix): Plane {
  const { mean, components, variances } = pca(codes, 2);
  const axis = (which: number) =>
    components.values
      .slice(which * components.columns, (which + 1) * components.columns)
      .map((value) => value * Math.sqrt(variances[which] ?? 0));
  return { origin: mean, across: axis(0), down: axis(1) };
}

/**
 * The plane through three codes, its axes at right angles: across goes from the first towards the second, the third
 * lies below them. The middle is theirs, and the axes are as long as the codes lie away from it.
 */
export function planeThrough(a: Float32Array, b: Float32Array, c: Float32Array): Plane {
  const codes = matrixOf([a, b, c]);
  const origin = meanRow(codes);
  const radius = Math.sqrt(
    rowsOf(codes).reduce((sum, code) => sum + squaredDistance(code, origin), 0) / codes.rows,
  );
  const right = unit(plus(b, a, -1));
  const towards = plus(c, a, -1);
  const below = unit(plus(towards, right, -dot(towards, right)));
  const long = (direction: Float32Array) => direction.map((value) => value * radius);
  return { origin, across: long(right), down: long(below) };
}

export function codeAt({ origin, across, down }: Plane, x: number, y: number): Float32Array {
  return plus(plus(origin, across, x), down, y);
}

/** A part of the plane in shares of the prior: 0..1 is all of it, from the lowest quantile to the highest. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const wholePlane: Region = { left: 0, top: 0, width: 1, height: 1 };

/**
 * Codes at the middles of a grid whose cells all hold the same share of the prior, row by row. A zoomed region gives
 * a finer grid of the same kind.
 */
export function gridCodes(plane: Plane, columns: number, rows: number, region = wholePlane): Matrix {
  const codes: Float32Array[] = [];
  for (let row = 0; row < rows; row++) {
    const y = normalQuantile(region.top + (region.height * (row + 0.5)) / rows);
    for (let column = 0; column < columns; column++) {
      const x = normalQuantile(region.left + (region.width * (column + 0.5)) / columns);
      codes.push(codeAt(plane, x, y));
    }
  }
  return matrixOf(codes);
}
