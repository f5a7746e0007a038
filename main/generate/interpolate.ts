/** The way from one code to the next. */
import type { InterpolationPath } from '../../preload/contract.ts';
import { dot, type Matrix, matrixOf } from './matrix.ts';

/** a + t (b - a) */
export function lerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  return a.map((value, i) => value + t * ((b[i] ?? 0) - value));
}

/**
 * Along the great circle (Shoemake 1985), the length going from one's to the other's: a straight line between two
 * draws of a normal distribution in many dimensions passes nearer to the origin than any draw lies (White 2016).
 */
export function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const [lengthA, lengthB] = [Math.sqrt(dot(a, a)), Math.sqrt(dot(b, b))];
  const cosine = dot(a, b) / (lengthA * lengthB);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  // Parallel, opposite, or zero: no great circle is meant.
  if (!(Math.sin(angle) > 1e-6)) return lerp(a, b, t);
  const length = lengthA + t * (lengthB - lengthA);
  const [shareA, shareB] = [Math.sin((1 - t) * angle) / lengthA, Math.sin(t * angle) / lengthB];
  return a.map((value, i) => (length / Math.sin(angle)) * (shareA * value + shareB * (b[i] ?? 0)));
}

export interface InterpolationOptions {
  readonly path: InterpolationPath;
  /** In all, at least one a stop. */
  readonly frames: number;
  /** Goes on from the last code to the first; the last frame is then the one before the first. */
  readonly loop: boolean;
}

/** Codes evenly along the way through the stops. @param stops at least two */
export function interpolate(
  stops: readonly Float32Array[],
  { path, frames, loop }: InterpolationOptions,
): Matrix {
  const between = path === 'spherical' ? slerp : lerp;
  const legs = loop ? stops.length : stops.length - 1;
  const last = loop ? frames : frames - 1;
  return matrixOf(
    Array.from({ length: frames }, (_, frame) => {
      const position = (frame / Math.max(1, last)) * legs;
      const leg = Math.min(Math.floor(position), legs - 1);
      const [from, to] = [stops[leg], stops[(leg + 1) % stops.length]];
      if (!from || !to) throw new RangeError('Expected at least two codes to interpolate between.');
      return between(from, to, position - leg);
    }),
  );
}
