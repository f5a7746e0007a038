/** Similarity of two pictures, as published figures compute it. */

/** Samples in rows, channels interleaved. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** width x height x channels values, of any range. */
  readonly data: ArrayLike<number>;
}

/**
 * Peak signal-to-noise ratio over all channels together: 10 log10(peak^2 / mean squared error), in dB.
 *
 * @param peak the largest value a sample can have: 255, or 1 for 0..1
 * @returns Infinity for equal samples
 * @throws RangeError when the two differ in length
 */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>, peak: number): number {
  return 10 * Math.log10((peak * peak * a.length) / squaredError(a, b));
}

/**
 * Sum of the squared differences of all samples.
 *
 * @throws RangeError when the two differ in length
 */
export function squaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new RangeError(`Expected ${a.length} samples to compare with but received ${b.length}.`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}

/** Window of the standard deviation 1.5, 11 wide, sum 1. */
const radius = 5;
const gaussian = normalised(
  Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * 1.5 ** 2))),
);

/** Side of the window that `ssim` looks through: pictures must not be smaller. */
export const ssimWindow = gaussian.length;

function normalised(weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Structural similarity, -1..1: Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment" (2004), with an
 * 11 x 11 Gaussian window at every position inside the picture, K1 = 0.01 and K2 = 0.03; mean over channels.
 *
 * @param peak the largest value a sample can have
 * @throws RangeError when the two differ in shape or are smaller than the window
 */
export function ssim(a: Samples, b: Samples, peak: number): number {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels)
    throw new RangeError('Expected two pictures of the same size and channels.');
  if (a.width < gaussian.length || a.height < gaussian.length)
    throw new RangeError(`Expected at least 11 x 11 pixels but received ${a.width} x ${a.height}.`);
  let sum = 0;
  for (let channel = 0; channel < a.channels; channel++) sum += channelSsim(a, b, channel, peak);
  return sum / a.channels;
}

function channelSsim(a: Samples, b: Samples, channel: number, peak: number): number {
  const x = plane(a, channel);
  const y = plane(b, channel);
  const blur = (values: Float64Array) => blurred(values, a.width, a.height);
  const [mx, my, xx, yy, xy] = [x, y, product(x, x), product(y, y), product(x, y)].map(blur) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const c1 = (0.01 * peak) ** 2;
  const c2 = (0.03 * peak) ** 2;
  let sum = 0;
  for (let i = 0; i < mx.length; i++) {
    const [p, q] = [mx[i] as number, my[i] as number];
    const covariance = (xy[i] as number) - p * q;
    const variances = (xx[i] as number) - p * p + (yy[i] as number) - q * q;
    sum += ((2 * p * q + c1) * (2 * covariance + c2)) / ((p * p + q * q + c1) * (variances + c2));
  }
  return sum / mx.length;
}

function plane({ data, channels, width, height }: Samples, channel: number): Float64Array {
  const values = new Float64Array(width * height);
  // Every pixel of every trial: `from` takes ten times as long.
  for (let i = 0, at = channel; i < values.length; i++, at += channels) values[i] = data[at] as number;
  return values;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const values = new Float64Array(a.length);
  for (let i = 0; i < values.length; i++) values[i] = (a[i] as number) * (b[i] as number);
  return values;
}

/** Gaussian means at every position where the window lies inside. */
function blurred(values: Float64Array, width: number, height: number): Float64Array {
  const rows = alongLines(values, width, height, 1, width);
  return alongLines(rows, height, width - 2 * radius, width - 2 * radius, 1);
}

/** Gaussian means along each of `lines` lines of `length` values; `step` apart in a line, `stride` from line to line. */
function alongLines(
  values: Float64Array,
  length: number,
  lines: number,
  step: number,
  stride: number,
): Float64Array {
  const inside = length - 2 * radius;
  const means = new Float64Array(inside * lines);
  const outStride = step === 1 ? inside : 1;
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < inside; i++) {
      let sum = 0;
      for (let k = 0; k < gaussian.length; k++)
        sum += (gaussian[k] as number) * (values[line * stride + (i + k) * step] as number);
      means[line * outStride + i * step] = sum;
    }
  return means;
}
