/**
 * Resizing as MATLAB's imresize does it: when a picture shrinks, the kernel is widened by as much, so that nothing
 * aliases. Published figures of upscalers rest on exactly this. libvips takes a box average first when a picture
 * shrinks to a quarter, and enlarges with a shift of half a pixel of the result.
 */

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
  const { values } = picture;
  const planes = values.length / (picture.width * picture.height);
  const columns = taps(picture.width, width, kernel);
  const rows = taps(picture.height, height, kernel);
  const narrow = new Float32Array(planes * picture.height * width);
  for (let line = 0; line < planes * picture.height; line++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let t = columns.count * x; t < columns.count * (x + 1); t++) {
        sum += (columns.weights[t] ?? 0) * (values[line * picture.width + (columns.sources[t] ?? 0)] ?? 0);
      }
      narrow[line * width + x] = sum;
    }
  }
  const result = new Float32Array(planes * height * width);
  for (let line = 0; line < planes * height; line++) {
    const [c, y] = [Math.floor(line / height), line % height];
    for (let t = rows.count * y; t < rows.count * (y + 1); t++) {
      const weight = rows.weights[t] ?? 0;
      const from = (c * picture.height + (rows.sources[t] ?? 0)) * width;
      for (let x = 0; x < width; x++) {
        result[line * width + x] = (result[line * width + x] ?? 0) + weight * (narrow[from + x] ?? 0);
      }
    }
  }
  return { width, height, values: result };
}

interface Taps {
  /** Source samples that make one of the result. */
  readonly count: number;
  readonly sources: Int32Array;
  readonly weights: Float32Array;
}

/** Which samples make each sample of the result, and how much of each; edge samples are repeated. */
function taps(from: number, to: number, kernel: Kernel): Taps {
  const { reach, weight } = shapes[kernel];
  const widening = Math.max(1, from / to);
  const count = Math.ceil(2 * reach * widening) + 1;
  const sources = new Int32Array(count * to);
  const weights = new Float32Array(count * to);
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const first = Math.ceil(centre - reach * widening);
    const raw = Array.from({ length: count }, (_, t) => weight((centre - first - t) / widening));
    const sum = raw.reduce((total, value) => total + value, 0);
    for (const [t, value] of raw.entries()) {
      sources[count * i + t] = Math.min(from - 1, Math.max(0, first + t));
      weights[count * i + t] = value / sum;
    }
  }
  return { count, sources, weights };
}
