/** Trials of a denoiser: a noisy picture beside the clean one, and what a network makes of it. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Network } from '../engine/network.ts';
import { addGaussianNoise } from './degradations.ts';

/** Planes [3, height, width], samples 0..1. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export interface Trial {
  readonly clean: Planes;
  readonly noisy: Planes;
  /** Noise level to tell the network, 8-bit levels. */
  readonly sigma: number;
}

/**
 * White noise of one level, added in float without clipping, as published figures do.
 *
 * @param seed the same seed gives the same noise
 */
export function gaussianTrial(clean: Planes, sigma: number, seed: number): Trial {
  const values = new Float32Array(clean.values.length);
  addGaussianNoise(clean.values, sigma, xoroshiro128plus(seed), values);
  return { clean, noisy: { ...clean, values }, sigma };
}

/**
 * Denoises the whole picture at once.
 *
 * @returns the result, rounded to 8-bit levels as a file would be
 */
export async function denoised(network: Network, { noisy, sigma }: Trial): Promise<Planes> {
  const { width, height } = noisy;
  const paddedWidth = roundUp(width, network.multiple);
  const paddedHeight = roundUp(height, network.multiple);
  const input = new Float32Array(4 * paddedWidth * paddedHeight).fill(sigma / 255);
  reflect(noisy, paddedWidth, paddedHeight, input);
  const output = await network.run(input, paddedHeight, paddedWidth);
  const values = new Float32Array(noisy.values.length);
  for (let row = 0; row < 3 * height; row++) {
    const from = (Math.floor(row / height) * paddedHeight + (row % height)) * paddedWidth;
    for (let x = 0; x < width; x++) {
      values[row * width + x] = Math.round(255 * Math.min(1, Math.max(0, output[from + x] ?? 0))) / 255;
    }
  }
  return { width, height, values };
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
