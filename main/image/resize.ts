/**
 * Resizing as MATLAB's imresize does it: when a picture shrinks, the kernel is widened by as much, so that nothing
 * aliases. Published figures of upscalers rest on exactly this. libvips takes a box average first when a picture
 * shrinks to a quarter, and enlarges with a shift of half a pixel of the result.
 */

import type { Area } from './tiled-picture.ts';

export const kernels = ['bicubic', 'bilinear', 'area', 'lanczos'] as const;
export type Kernel = (typeof kernels)[number];

/** Weight at a distance in source pixels, and the distance from which it is zero. */
const shapes: Readonly<Record<Kernel, { readonly reach: number; readonly weight: (x: number) => number }>> = {
  /** Keys 1981, a = -0.5. */
  bicubic: {
    reach: 2,
    weight: (x) => {
      const d = Math.abs(x);
      if (d <= 1) return (1.5 * d - 2.5) * d * d + 1;
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    },
  },
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  area: { reach: 0.5, weight: (x) => (x >= -0.5 && x < 0.5 ? 1 : 0) },
  /** Three lobes. */
  lanczos: { reach: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Planes one after the other, [any number, height, width]. */
interface Stack {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** @returns planes of that size, not clipped */
export function resize(picture: Stack, width: number, height: number, kernel: Kernel = 'bicubic'): Stack {
  return resizer(picture, { width, height }, kernel).part(picture, { left: 0, top: 0, width, height });
}

/** Resizes a part at a time. */
export interface Resizer {
  /** What of the source a part of the result is made of. */
  needs(part: Area): Area;
  /** A part of the result. @param picture what it needs of the source */
  part(picture: Stack, part: Area): Stack;
}

type Size = Pick<Stack, 'width' | 'height'>;

/** @param block the result is then reduced: each of its pixels is the mean of so many a side */
export function resizer(source: Size, target: Size, kernel: Kernel, block = 1): Resizer {
  const columns = taps(source.width, target.width, kernel, block);
  const lines = taps(source.height, target.height, kernel, block);
  return {
    needs: (part) => {
      const [left, right] = reached(columns, part.left, part.width);
      const [top, bottom] = reached(lines, part.top, part.height);
      return { left, top, width: right - left, height: bottom - top };
    },
    part: (picture, { left, top, width, height }) => {
      const [firstColumn] = reached(columns, left, width);
      const [firstLine] = reached(lines, top, height);
      const narrow = narrowed(picture, columns, firstColumn, left, width);
      return across(narrow, lines, firstLine, top, height);
    },
  };
}

/** The samples of the source that samples of the result are made of: the first, and the one after the last. */
function reached({ count, sources }: Taps, from: number, length: number): [first: number, end: number] {
  const needed = sources.subarray(count * from, count * (from + length));
  return [needed.reduce((a, b) => Math.min(a, b)), needed.reduce((a, b) => Math.max(a, b)) + 1];
}

function narrowed(
  { values, width: from, height }: Stack,
  columns: Taps,
  first: number,
  left: number,
  width: number,
): Stack {
  const lines = values.length / from;
  const narrow = new Float32Array(lines * width);
  for (let line = 0; line < lines; line++) {
    const start = line * from - first;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let t = columns.count * (left + x); t < columns.count * (left + x + 1); t++) {
        sum += (columns.weights[t] ?? 0) * (values[start + (columns.sources[t] ?? 0)] ?? 0);
      }
      narrow[line * width + x] = sum;
    }
  }
  return { width, height, values: narrow };
}

function across(
  { values, width, height }: Stack,
  lines: Taps,
  first: number,
  top: number,
  rows: number,
): Stack {
  const planes = values.length / (width * height);
  const result = new Float32Array(planes * rows * width);
  for (let line = 0; line < planes * rows; line++) {
    const [c, y] = [Math.floor(line / rows), top + (line % rows)];
    for (let t = lines.count * y; t < lines.count * (y + 1); t++) {
      const weight = lines.weights[t] ?? 0;
      const from = (c * height + (lines.sources[t] ?? 0) - first) * width;
      for (let x = 0; x < width; x++) {
        result[line * width + x] = (result[line * width + x] ?? 0) + weight * (values[from + x] ?? 0);
      }
    }
  }
  return { width, height: rows, values: result };
}

interface Taps {
  /** Source samples that make one of the result. */
  readonly count: number;
  readonly sources: Int32Array;
  readonly weights: Float32Array;
}

/** Which samples make each sample of the result, and how much of each; edge samples are repeated. */
function taps(from: number, to: number, kernel: Kernel, block: number): Taps {
  const { reach, weight } = shapes[kernel];
  const widening = Math.max(1, from / to);
  const count = Math.ceil(2 * reach * widening + ((block - 1) * from) / to) + 1;
  const length = Math.ceil(to / block);
  const sources = new Int32Array(count * length);
  const weights = new Float32Array(count * length);
  for (let i = 0; i < length; i++) {
    const pixels = Array.from({ length: Math.min(block, to - i * block) }, (_, k) => i * block + k);
    const centres = pixels.map((pixel) => ((pixel + 0.5) * from) / to - 0.5);
    const first = Math.ceil((centres[0] ?? 0) - reach * widening);
    for (const centre of centres) {
      const raw = Array.from({ length: count }, (_, t) => weight((centre - first - t) / widening));
      const sum = raw.reduce((total, value) => total + value, 0);
      for (const [t, value] of raw.entries())
        weights[count * i + t] = (weights[count * i + t] ?? 0) + value / sum / centres.length;
    }
    for (let t = 0; t < count; t++) sources[count * i + t] = Math.min(from - 1, Math.max(0, first + t));
  }
  return { count, sources, weights };
}
