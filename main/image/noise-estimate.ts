/** Blind estimate of the noise in a picture. */
import { symmetricEigenvalues } from './eigenvalues.ts';
import { type Block, blockSide, type Scales, sampleBlocks } from './noise-blocks.ts';
import type { Picture } from './picture.ts';

/** Sides of the patches at full and at half size, pixels. */
const patchSides = [5, 4] as const;

/** Most blocks that are asked about colour. */
const mostForColour = 256;

/** Noise in the colours from which on it is taken to be white, in 8-bit levels. */
const whiteFrom = 3;

/** Ranges of brightness, the share of their blocks that is taken as flat, and the fewest taken. */
const ranges = 4;
const flatShare = 0.03;
const flatFewest = 6;

/**
 * Standard deviation of the noise, in 8-bit levels.
 *
 * The estimator is Chen, Zhu and Heng, "An efficient statistical method for image noise level estimation"
 * (ICCV 2015). It assumes white noise, so it is asked twice:
 *
 * - of the differences between colour channels, at full and at half size. They hold next to no texture, so
 *   that white noise shows in them whatever the picture is;
 * - of the brightness, in the flattest blocks of each of four ranges of brightness, on which noise depends.
 *   Noise that a camera has demosaiced, smoothed and compressed has lost its finest scale and its colour:
 *   half size still shows it, but there texture looks the same, hence only flat blocks.
 *
 * Pictures that are texture throughout are overestimated by the second.
 *
 * @returns 0 for pictures of less than 16 x 16 pixels
 */
export function estimateSigma(picture: Picture): number {
  const blocks = sampleBlocks(picture);
  if (blocks.length === 0) return 0;
  const colour = colourNoise(blocks);
  return colour >= whiteFrom ? colour : Math.max(colour, brightnessNoise(blocks));
}

/** Noise of the colour differences; 0 for grey pictures. */
function colourNoise(blocks: readonly Block[]): number {
  const step = Math.ceil(blocks.length / mostForColour);
  const some = blocks.filter((_, i) => i % step === 0);
  const differences = [0, 1].map((d) => some.flatMap(({ colour }) => colour.slice(d, d + 1)));
  if (differences.some((planes) => planes.length === 0)) return 0;
  return Math.max(rms(differences.map((planes) => chen(planes, 0))), rms(differences.map((p) => chen(p, 1))));
}

/** Noise of the brightness in flat blocks, over the ranges of brightness. */
function brightnessNoise(blocks: readonly Block[]): number {
  const sorted = [...blocks].sort((a, b) => a.mean - b.mean);
  const groups = Array.from({ length: Math.min(ranges, sorted.length) }, (_, i) =>
    flattest(sorted.slice((i * sorted.length) / ranges, ((i + 1) * sorted.length) / ranges)),
  );
  const full = rms(groups.map((group) => chen(group, 0)));
  const half = rms(groups.map((group) => chen(group, 1)));
  // White noise is the same at both. Of noise that is gone at full size, half size too misses about a quarter
  // (median over photographs with a measured truth).
  return half > full ? half + 0.4 * (half - full) : full;
}

function flattest(blocks: readonly Block[]): Scales[] {
  const count = Math.max(flatFewest, Math.round(blocks.length * flatShare));
  const sorted = [...blocks].sort((a, b) => a.roughness - b.roughness);
  return sorted.slice(0, count).map(({ brightness }) => brightness);
}

/**
 * The noise's part of the eigenvalues of the patches' covariance: the smallest, down from the whole set, whose
 * mean has as many above as below it. Doubled at half size, since 2 x 2 means halve white noise.
 */
function chen(planes: readonly Scales[], scale: 0 | 1): number {
  const side = patchSides[scale];
  const values = symmetricEigenvalues(covariance(planes, scale, side), side * side);
  let sum = values.reduce((total, value) => total + value, 0);
  for (let count = values.length; count > 1; count--) {
    const mean = sum / count;
    const above = values.slice(0, count).filter((value) => value > mean).length;
    if (2 * above >= count) return Math.sqrt(Math.max(0, mean)) * (1 + scale);
    sum -= values[count - 1] as number;
  }
  return Math.sqrt(Math.max(0, sum)) * (1 + scale);
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

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
