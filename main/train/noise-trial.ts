/** One trial of a denoiser: white noise on a clean picture, and what the network makes of it. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Network } from '../engine/network.ts';
import { addGaussianNoise } from './degradations.ts';

/** Planes [3, height, width], samples 0..1. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Adds noise in float without clipping, as published figures do, and denoises the whole picture at once.
 *
 * @param sigma standard deviation in 8-bit levels, also told to the network
 * @param seed the same seed gives the same noise
 * @returns the result, rounded to 8-bit levels as a file would be, samples 0..1
 */
export async function denoiseTrial(
  network: Network,
  clean: Planes,
  sigma: number,
  seed: number,
): Promise<Planes> {
  const { width, height, values } = clean;
  const noisy = new Float32Array(values.length);
  addGaussianNoise(values, sigma, xoroshiro128plus(seed), noisy);
  const paddedWidth = roundUp(width, network.multiple);
  const paddedHeight = roundUp(height, network.multiple);
  const input = new Float32Array(4 * paddedWidth * paddedHeight).fill(sigma / 255);
  reflect({ width, height, values: noisy }, paddedWidth, paddedHeight, input);
  const output = await network.run(input, paddedHeight, paddedWidth);
  const result = new Float32Array(values.length);
  for (let row = 0; row < 3 * height; row++) {
    const from = (Math.floor(row / height) * paddedHeight + (row % height)) * paddedWidth;
    for (let x = 0; x < width; x++) {
      result[row * width + x] = Math.round(255 * Math.min(1, Math.max(0, output[from + x] ?? 0))) / 255;
    }
  }
  return { width, height, values: result };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Extends planes to the right and below by mirroring, without repeating the edge. */
function reflect(
  { width, height, values }: Planes,
  paddedWidth: number,
  paddedHeight: number,
  into: Float32Array,
) {
  const mirror = (i: number, size: number) => (i < size ? i : Math.max(0, 2 * size - 2 - i));
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < paddedHeight; y++) {
      const from = (c * height + mirror(y, height)) * width;
      const to = (c * paddedHeight + y) * paddedWidth;
      for (let x = 0; x < paddedWidth; x++) into[to + x] = values[from + mirror(x, width)] ?? 0;
    }
  }
}
