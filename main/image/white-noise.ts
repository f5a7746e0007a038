/** Level of white noise in small blocks of a picture. */
import { symmetricEigenvalues } from './eigenvalues.ts';
import { blockSide, type Scales } from './noise-blocks.ts';

/** Sides of the patches at full and at half size, pixels. */
const patchSides = [5, 4] as const;

/**
 * The noise's part of the eigenvalues of the patches' covariance: the smallest, down from the whole set, whose
 * mean has as many above as below it; and the smallest of all. Doubled at half size, since 2 x 2 means halve white
 * noise.
 *
 * Chen, Zhu and Heng, "An efficient statistical method for image noise level estimation" (ICCV 2015).
 *
 * @param planes blocks of one plane each
 * @returns standard deviations in the planes' units
 */
export function chen(
  planes: readonly Scales[],
  scale: 0 | 1,
): { readonly sigma: number; readonly least: number } {
  const side = patchSides[scale];
  const values = symmetricEigenvalues(covariance(planes, scale, side), side * side);
  const deviation = (value: number) => Math.sqrt(Math.max(0, value)) * (1 + scale);
  const least = deviation(values[0] ?? 0);
  let sum = values.reduce((total, value) => total + value, 0);
  for (let count = values.length; count > 1; count--) {
    const mean = sum / count;
    const above = values.slice(0, count).filter((value) => value > mean).length;
    if (2 * above >= count) return { sigma: deviation(mean), least };
    sum -= values[count - 1] as number;
  }
  return { sigma: deviation(sum), least };
}

/** Covariance of all side x side patches, each taken against the mean of its block. */
function covariance(planes: readonly Scales[], scale: 0 | 1, side: number): Float64Array {
  const width = blockSide / (1 + scale);
  const size = side * side;
  const places = (width - side + 1) ** 2;
  // A row of zeros makes their number even.
  const rows = size + (size % 2);
  const values = new Float64Array(rows * places);
  const sums = new Float64Array(rows * rows);
  for (const scales of planes) {
    gather(scales[scale], width, side, values);
    for (let i = 0; i < rows; i += 2)
      for (let j = i; j < rows; j += 2) addProducts(values, i, j, rows, places, sums);
  }
  const count = planes.length * places;
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      result[i * size + j] = (sums[Math.min(i, j) * rows + Math.max(i, j)] as number) / count;
  return result;
}

/** Row i of `values` becomes the i-th value of every patch. */
function gather(plane: Float32Array, width: number, side: number, values: Float64Array): void {
  let sum = 0;
  for (let at = 0; at < plane.length; at++) sum += plane[at] as number;
  const mean = sum / plane.length;
  let to = 0;
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      for (let top = 0; top + side <= width; top++)
        for (let at = (top + row) * width + column, end = at + width - side; at <= end; at++)
          values[to++] = (plane[at] as number) - mean;
}

/** Adds the products of rows i and i + 1 with rows j and j + 1: four for every four values that are read. */
function addProducts(
  values: Float64Array,
  i: number,
  j: number,
  rows: number,
  length: number,
  sums: Float64Array,
): void {
  // One by one: taken out of an array, they would not be plain numbers to the compiler.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let at = 0; at < length; at++) {
    const upper = values[i * length + at] as number;
    const lower = values[(i + 1) * length + at] as number;
    const left = values[j * length + at] as number;
    const right = values[(j + 1) * length + at] as number;
    first += upper * left;
    second += upper * right;
    third += lower * left;
    fourth += lower * right;
  }
  const [top, bottom] = [i * rows + j, (i + 1) * rows + j];
  sums[top] = (sums[top] as number) + first;
  sums[top + 1] = (sums[top + 1] as number) + second;
  sums[bottom] = (sums[bottom] as number) + third;
  sums[bottom + 1] = (sums[bottom + 1] as number) + fourth;
}
