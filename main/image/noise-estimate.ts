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
  const sums = new Float64Array(size * size);
  const patch = new Float64Array(size);
  for (const scales of planes) {
    const plane = scales[scale];
    const mean = plane.reduce((sum, value) => sum + value) / plane.length;
    for (let top = 0; top + side <= width; top++)
      for (let left = 0; left + side <= width; left++) {
        for (let row = 0, i = 0; row < side; row++)
          for (let at = (top + row) * width + left, end = at + side; at < end; at++, i++)
            patch[i] = (plane[at] as number) - mean;
        addProducts(patch, sums);
      }
  }
  const count = planes.length * (width - side + 1) ** 2;
  return sums.map((value, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    return (row <= column ? value : (sums[column * size + row] as number)) / count;
  });
}

/** Adds the products of all pairs of values to the upper triangle. */
function addProducts(values: Float64Array, sums: Float64Array): void {
  const size = values.length;
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    for (let j = i; j < size; j++)
      sums[i * size + j] = (sums[i * size + j] as number) + value * (values[j] as number);
  }
}

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
