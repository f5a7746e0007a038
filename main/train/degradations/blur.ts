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

/** Convolves with the Gaussian, cut off at three deviations; edge samples are repeated. */
export function blurred({ width, height, values }: Planes, blur: Blur): Planes {
  const radius = Math.ceil(3 * blur.along);
  const kernel = kernelOf(blur, radius);
  const result = new Float32Array(values.length);
  for (const { dx, dy, weight } of kernel) {
    for (let line = 0; line < 3 * height; line++) {
      const [c, y] = [Math.floor(line / height), line % height];
      const from = (c * height + clamp(y + dy, height)) * width;
      for (let x = 0; x < width; x++) {
        const at = line * width + x;
        result[at] = (result[at] ?? 0) + weight * (values[from + clamp(x + dx, width)] ?? 0);
      }
    }
  }
  return { width, height, values: result };
}

function kernelOf({ along, across, angle }: Blur, radius: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const taps: { dx: number; dy: number; weight: number }[] = [];
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const [u, v] = [(dx * cos + dy * sin) / along, (dy * cos - dx * sin) / across];
      taps.push({ dx, dy, weight: Math.exp(-0.5 * (u * u + v * v)) });
    }
  }
  const sum = taps.reduce((total, { weight }) => total + weight, 0);
  return taps.map((tap) => ({ ...tap, weight: tap.weight / sum }));
}

function clamp(index: number, size: number): number {
  return Math.min(size - 1, Math.max(0, index));
}
