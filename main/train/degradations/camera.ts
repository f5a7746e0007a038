/**
 * Noise that went through a camera: a photo is taken back to sensor values, gets shot and read noise there, and
 * comes forward again, so that its noise is correlated between pixels and channels and depends on the light.
 *
 * Brooks et al., "Unprocessing images for learned raw denoising" (CVPR 2019), sections 3.1 to 3.6.
 */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { normal } from '../../engine/gaussian.ts';
import { between, pick } from '../patches.ts';
import { colourAt, demosaic, margin, mirroredMargin, type Phase } from './mosaic.ts';

type Matrix = readonly (readonly [number, number, number])[];

/** XYZ to camera of the four cameras of the Darmstadt Noise Dataset (Adobe's published colour matrices). */
const xyzToCamera: readonly Matrix[] = [
  [
    [1.0234, -0.2969, -0.2266],
    [-0.5625, 1.6328, -0.0469],
    [-0.0703, 0.2188, 0.6406],
  ],
  [
    [0.4913, -0.0541, -0.0202],
    [-0.613, 1.3513, 0.2906],
    [-0.1564, 0.2151, 0.7183],
  ],
  [
    [0.838, -0.263, -0.0639],
    [-0.2887, 1.0725, 0.2496],
    [-0.0627, 0.1427, 0.5438],
  ],
  [
    [0.6596, -0.2079, -0.0562],
    [-0.4782, 1.3016, 0.1933],
    [-0.097, 0.1581, 0.5181],
  ],
];

/** Linear sRGB to XYZ (IEC 61966-2-1). */
const rgbToXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

/** One camera and one exposure. */
export interface Camera {
  /** Linear sRGB to the sensor's colours; every row sums to 1, so that grey stays grey. */
  readonly toSensor: Matrix;
  readonly toRgb: Matrix;
  /** White balance of red, green and blue, with the exposure in all three. */
  readonly gains: readonly [number, number, number];
  /** Variance of a sensor value x in 0..1: shot x + read. */
  readonly shot: number;
  readonly read: number;
  readonly phase: Phase;
}

export function randomCamera(random: RandomGenerator): Camera {
  const matrix = xyzToCamera[pick(random, xyzToCamera.length)] ?? rgbToXyz;
  const toSensor = normalizedRows(product(matrix, rgbToXyz));
  const exposure = 1 / Math.max(0.3, 0.8 + 0.1 * normal(random));
  const gains = [
    exposure * between(random, 1.9, 2.4),
    exposure,
    exposure * between(random, 1.5, 1.9),
  ] as const;
  const logShot = between(random, Math.log(1e-4), Math.log(0.012));
  const read = Math.exp(2.18 * logShot + 1.2 + 0.26 * normal(random));
  const phase = [pick(random, 2), pick(random, 2)] as const;
  return { toSensor, toRgb: inverse(toSensor), gains, shot: Math.exp(logShot), read, phase };
}

/**
 * A photo as this camera would have delivered it, with and without noise.
 *
 * The noise is half the difference between two shots with opposite noise, so that its mean is zero: the tone curve and
 * clipping would darken a single one, and what learns from it would brighten real photos. A measured truth, being the
 * mean of many shots, is as dark as they are.
 *
 * @param photo [3, side, side], sRGB samples 0..1
 * @param clean receives the photo after mosaic and demosaicking, without noise
 * @param noisy receives the same with noise
 */
export function photograph(
  photo: Float32Array,
  side: number,
  camera: Camera,
  random: RandomGenerator,
  clean: Float32Array,
  noisy: Float32Array,
): void {
  const sensor = mosaic(photo, side, camera);
  const noise = sensor.map((x) => normal(random) * Math.sqrt(Math.max(0, x) * camera.shot + camera.read));
  const opposite = new Float32Array(noisy.length);
  develop(sensor, side, camera, clean);
  develop(sum(sensor, noise, 1), side, camera, noisy);
  develop(sum(sensor, noise, -1), side, camera, opposite);
  for (let i = 0; i < noisy.length; i++)
    noisy[i] = (clean[i] ?? 0) + ((noisy[i] ?? 0) - (opposite[i] ?? 0)) / 2;
}

function sum(values: Float32Array, others: Float32Array, weight: number): Float32Array {
  return values.map((value, i) => value + weight * (others[i] ?? 0));
}

/** sRGB to one sensor value a pixel: tone curve, gamma, colours, white balance and mosaic, each run backwards. */
function mosaic(photo: Float32Array, side: number, { toSensor, gains, phase }: Camera): Float32Array {
  const plane = side * side;
  const sensor = new Float32Array(plane);
  for (let i = 0; i < plane; i++) {
    const colour = colourAt(i % side, Math.floor(i / side), phase);
    const row = toSensor[colour] ?? [0, 0, 0];
    let value = 0;
    for (let c = 0; c < 3; c++) value += (row[c] ?? 0) * toLinear(photo[c * plane + i] ?? 0);
    sensor[i] = withoutGain(Math.max(0, value), gains[colour]);
  }
  return sensor;
}

/** Inverse of the smoothstep tone curve, then of the gamma; tabulated for 8-bit levels, which photos have. */
const linearLevels = Float32Array.from({ length: 256 }, (_, level) => {
  const toneless = 0.5 - Math.sin(Math.asin(1 - (2 * level) / 255) / 3);
  return Math.max(toneless, 1e-8) ** 2.2;
});

function toLinear(x: number): number {
  return linearLevels[Math.round(255 * x)] ?? 0;
}

/** Gamma, then the smoothstep tone curve; tabulated over the square root, where it is nearly straight. */
const steps = 4096;
const tones = Float32Array.from({ length: steps + 2 }, (_, i) => {
  const gamma = Math.min(1, (i / steps) ** 2) ** (1 / 2.2);
  return gamma * gamma * (3 - 2 * gamma);
});

function fromLinear(x: number): number {
  const at = steps * Math.sqrt(Math.min(1, Math.max(0, x)));
  const low = Math.floor(at);
  const from = tones[low] ?? 0;
  return from + (at - low) * ((tones[low + 1] ?? 0) - from);
}

/** Divides by the gain, but leaves highlights near white, as they were clipped there. */
function withoutGain(x: number, gain: number): number {
  const inflection = 0.9;
  const mask = (Math.max(x - inflection, 0) / (1 - inflection)) ** 2;
  return x * Math.max(mask + (1 - mask) / gain, 1 / gain);
}

/** Sensor values to sRGB: white balance, demosaicking, colours, gamma and tone curve. */
function develop(
  sensor: Float32Array,
  side: number,
  { toRgb, gains, phase }: Camera,
  into: Float32Array,
): void {
  const plane = side * side;
  const balanced = mirroredMargin(sensor, side, (value, x, y) =>
    Math.min(1, Math.max(0, value * gains[colourAt(x, y, phase)])),
  );
  const colours: [number, number, number] = [0, 0, 0];
  const rows = toRgb.flat();
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      demosaic(balanced, side + 2 * margin, x, y, phase, colours);
      for (let c = 0; c < 3; c++) {
        const [r = 0, g = 0, b = 0] = [rows[3 * c], rows[3 * c + 1], rows[3 * c + 2]];
        into[c * plane + y * side + x] = fromLinear(r * colours[0] + g * colours[1] + b * colours[2]);
      }
    }
  }
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map(([x, y, z]) => {
    const at = (c: 0 | 1 | 2) => x * (b[0]?.[c] ?? 0) + y * (b[1]?.[c] ?? 0) + z * (b[2]?.[c] ?? 0);
    return [at(0), at(1), at(2)] as const;
  });
}

function normalizedRows(matrix: Matrix): Matrix {
  return matrix.map(([x, y, z]) => [x / (x + y + z), y / (x + y + z), z / (x + y + z)] as const);
}

/** Inverse of a 3 x 3 matrix by cofactors. */
function inverse(m: Matrix): Matrix {
  const at = (r: number, c: number) => m[r % 3]?.[(c % 3) as 0 | 1 | 2] ?? 0;
  const cofactor = (r: number, c: number) =>
    at(r + 1, c + 1) * at(r + 2, c + 2) - at(r + 1, c + 2) * at(r + 2, c + 1);
  const determinant = at(0, 0) * cofactor(0, 0) + at(0, 1) * cofactor(0, 1) + at(0, 2) * cofactor(0, 2);
  return [0, 1, 2].map(
    (r) =>
      [cofactor(0, r) / determinant, cofactor(1, r) / determinant, cofactor(2, r) / determinant] as const,
  );
}
