/** Blur by Gaussians that may be longer one way than the other, as defocus and small movements are. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniform } from '../../engine/gaussian.ts';
import type { Planes } from '../../image/planes.ts';

export interface Blur {
  /** Standard deviations along and across, pixels. */
  readonly along: number;
  readonly across: number;
  /** Direction, radians. */
  readonly angle: number;
}

/** @param max largest standard deviation, pixels */
export function randomBlur(random: RandomGenerator, max: number): Blur {
  const along = 0.2 + uniform(random) * (max - 0.2);
  const across = along * (0.4 + 0.6 * uniform(random));
  return { along, across, angle: Math.PI * uniform(random) };
}

/**
 * Blurs all ways alike, one way after the other.
 *
 * @param deviation pixels
 */
export function blurredEvenly(picture: Planes, deviation: number): Planes {
  const thin = { along: deviation, across: 0.01 };
  return blurred(blurred(picture, { ...thin, angle: 0 }), { ...thin, angle: Math.PI / 2 });
}

/** Convolves with the Gaussian, cut off at three deviations; edge samples are repeated. */
export function blurred(picture: Planes, blur: Blur): Planes {
  const { width, height, values } = picture;
  const radius = Math.ceil(3 * blur.along);
  const kernel = kernelOf(blur, radius);
  const wide = width + 2 * radius;
  const padded = withMargin(picture, radius);
  const result = new Float32Array(values.length);
  for (let line = 0; line < 3 * height; line++) {
    // The margins of the planes above lie between.
    const row = line + radius * (2 * Math.floor(line / height) + 1);
    const into = result.subarray(line * width, (line + 1) * width);
    for (const { dx, dy, weight } of kernel) addRow(padded, (row + dy) * wide + radius + dx, weight, into);
  }
  return { width, height, values: result };
}

/** into += weight * values[from …] */
function addRow(values: Float32Array, from: number, weight: number, into: Float32Array): void {
  for (let x = 0; x < into.length; x++) into[x] = (into[x] as number) + weight * (values[from + x] as number);
}

/** Every plane with so many repeated samples around it. */
function withMargin({ width, height, values }: Planes, margin: number): Float32Array {
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const padded = new Float32Array(3 * wide * high);
  for (let line = 0; line < 3 * high; line++) {
    const [c, y] = [Math.floor(line / high), clamp((line % high) - margin, height)];
    const from = (c * height + y) * width;
    const at = line * wide;
    padded.set(values.subarray(from, from + width), at + margin);
    padded.fill(values[from] as number, at, at + margin);
    padded.fill(values[from + width - 1] as number, at + margin + width, at + wide);
  }
  return padded;
}

function kernelOf({ along, across, angle }: Blur, radius: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const taps: { dx: number; dy: number; weight: number }[] = [];
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const [u, v] = [(dx * cos + dy * sin) / along, (dy * cos - dx * sin) / across];
      const square = u * u + v * v;
      if (square <= 9) taps.push({ dx, dy, weight: Math.exp(-0.5 * square) });
    }
  }
  const sum = taps.reduce((total, { weight }) => total + weight, 0);
  return taps.map((tap) => ({ ...tap, weight: tap.weight / sum }));
}

function clamp(index: number, size: number): number {
  return Math.min(size - 1, Math.max(0, index));
}
