/** How near restored pictures come to the clean ones, measured as published figures are. */

import { psnr, ssim } from '../image/metrics.ts';
import { crop, type Planes } from '../image/planes.ts';
import type { Task } from './tasks/task.ts';

export interface Scores {
  /** Mean over the pictures: PSNR in dB, and SSIM. */
  readonly psnr: number;
  readonly ssim: number;
  readonly images: number;
}

type Measure = Pick<Task, 'metric' | 'scale'>;

/** Sums up scores picture by picture. */
export class ScoreSum {
  readonly #measure: Measure;
  #psnr = 0;
  #ssim = 0;
  #images = 0;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** @returns the picture's own scores */
  add(result: Planes, clean: Planes): Scores {
    const [a, b] = [channels(result, this.#measure), channels(clean, this.#measure)];
    const scores: Scores = {
      psnr: psnr(a.flat, b.flat, peak),
      ssim:
        a.planes.reduce((sum, plane, c) => sum + ssim(plane, b.planes[c] ?? plane, peak), 0) /
        a.planes.length,
      images: 1,
    };
    this.#psnr += scores.psnr;
    this.#ssim += scores.ssim;
    this.#images++;
    return scores;
  }

  get mean(): Scores {
    const images = this.#images;
    return { psnr: this.#psnr / images, ssim: this.#ssim / images, images };
  }
}

const peak = 255;

/** The samples that are compared, in 8-bit levels: all, or luminance without a border as wide as the scale. */
function channels(picture: Planes, { metric, scale }: Measure) {
  const { width, height } = picture;
  if (metric === 'rgb')
    return split(
      picture.values.map((value) => value * peak),
      width,
      height,
    );
  const inner = crop(picture, scale, scale, width - 2 * scale, height - 2 * scale);
  return split(luminance(inner), inner.width, inner.height);
}

function split(flat: Float32Array, width: number, height: number) {
  const plane = width * height;
  const planes = Array.from({ length: flat.length / plane }, (_, c) => ({
    width,
    height,
    channels: 1,
    data: flat.subarray(c * plane, (c + 1) * plane),
  }));
  return { flat, planes };
}

/** Y of ITU-R BT.601, 16..235, as MATLAB's rgb2ycbcr gives it. */
function luminance({ width, height, values }: Planes): Float32Array {
  const plane = width * height;
  const levels = new Float32Array(plane);
  for (let i = 0; i < plane; i++) {
    const [r, g, b] = [values[i] ?? 0, values[plane + i] ?? 0, values[2 * plane + i] ?? 0];
    levels[i] = 16 + 65.481 * r + 128.553 * g + 24.966 * b;
  }
  return levels;
}
