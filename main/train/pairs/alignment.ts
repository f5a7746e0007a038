/** Whether two pictures show the same scene from the same place, pixel by pixel. */
import type { Brightness } from '../../image/structure.ts';

/** Pixels by which they may be moved against each other and still be told from a mismatch. */
const reach = 6;
/** Side of the middle part that is compared, pixels. */
const side = 256;
/** Correlation below which two pictures show something else. */
const leastCorrelation = 0.5;
/** A shift must fit so much better than none: noise and flat pictures leave them nearly alike. */
const clearly = 1.02;
/** Deviation, 8-bit levels, below which a picture shows nothing that could be compared. */
const flat = 2;

/** @returns what speaks against the pair, as the end of a sentence; undefined when nothing does */
export function misalignment(clean: Brightness, noisy: Brightness): string | undefined {
  if (clean.width !== noisy.width || clean.height !== noisy.height) {
    return `is ${noisy.width} x ${noisy.height} pixels and not ${clean.width} x ${clean.height}`;
  }
  const [a, b] = [smoothed(middle(clean)), smoothed(middle(noisy))];
  if (deviation(a.values) < flat) return undefined;
  let best = { dx: 0, dy: 0, correlation: correlation(a, b, 0, 0) };
  const still = best.correlation;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const found = correlation(a, b, dx, dy);
      if (found > best.correlation) best = { dx, dy, correlation: found };
    }
  }
  if (best.correlation < leastCorrelation) return 'does not show the same scene';
  const isMoved = (best.dx !== 0 || best.dy !== 0) && best.correlation > clearly * still;
  return isMoved ? `is moved by ${best.dx} pixels across and ${best.dy} down` : undefined;
}

function middle({ width, height, values }: Brightness): Brightness {
  const [w, h] = [Math.min(side, width), Math.min(side, height)];
  const [left, top] = [(width - w) >> 1, (height - h) >> 1];
  const part = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    part.set(values.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  }
  return { width: w, height: h, values: part };
}

/** Mean of three by three pixels, edges left at zero: takes most of the noise away. */
function smoothed({ width, height, values }: Brightness): Brightness {
  const result = new Float32Array(values.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let sum = 0;
      for (let row = y - 1; row <= y + 1; row++) {
        for (let column = x - 1; column <= x + 1; column++) sum += values[row * width + column] ?? 0;
      }
      result[y * width + x] = sum / 9;
    }
  }
  return { width, height, values: result };
}

/** Correlation of the inner parts, the second moved. */
function correlation(a: Brightness, b: Brightness, dx: number, dy: number): number {
  const edge = reach + 1;
  const sum = { a: 0, b: 0, aa: 0, bb: 0, ab: 0, n: 0 };
  for (let y = edge; y < a.height - edge; y++) {
    for (let x = edge; x < a.width - edge; x++) {
      const p = a.values[y * a.width + x] ?? 0;
      const q = b.values[(y + dy) * b.width + x + dx] ?? 0;
      sum.a += p;
      sum.b += q;
      sum.aa += p * p;
      sum.bb += q * q;
      sum.ab += p * q;
      sum.n += 1;
    }
  }
  const { n } = sum;
  const covariance = sum.ab - (sum.a * sum.b) / n;
  return covariance / Math.sqrt((sum.aa - sum.a ** 2 / n) * (sum.bb - sum.b ** 2 / n) || 1);
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
