/** Patches: where they are cut from a photo, and how they are turned. */

import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { uniform } from '../engine/gaussian.ts';
import type { Photo } from './photos.ts';
import type { Sample } from './tasks/task.ts';

/** A number between two, all of them as likely. */
export function between(random: RandomGenerator, low: number, high: number): number {
  return low + uniform(random) * (high - low);
}

/** A whole number in 0 … count - 1. */
export function pick(random: RandomGenerator, count: number): number {
  return (random.next() >>> 0) % count;
}

/** One of the eight flips and quarter turns of a square. */
export interface Turn {
  readonly flipX: boolean;
  readonly flipY: boolean;
  readonly transpose: boolean;
}

const asItIs: Turn = { flipX: false, flipY: false, transpose: false };

export function randomTurn(random: RandomGenerator): Turn {
  const bits = pick(random, 8);
  return { flipX: (bits & 1) !== 0, flipY: (bits & 2) !== 0, transpose: (bits & 4) !== 0 };
}

/**
 * Copies a square of a photo, turned, as planes.
 *
 * @param into [3, size, size], samples 0..1
 */
export function cutPatch(
  photo: Photo,
  left: number,
  top: number,
  size: number,
  turn: Turn,
  into: Float32Array,
) {
  const plane = size * size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = turn.transpose ? [y, x] : [x, y];
      const column = left + (turn.flipX ? size - 1 - u : u);
      const row = top + (turn.flipY ? size - 1 - v : v);
      const from = (row * photo.width + column) * 3;
      const to = y * size + x;
      into[to] = (photo.rgb[from] ?? 0) / 255;
      into[plane + to] = (photo.rgb[from + 1] ?? 0) / 255;
      into[2 * plane + to] = (photo.rgb[from + 2] ?? 0) / 255;
    }
  }
}

/** A square of a photo, turned, with all that belongs to it. */
export function cutSquare(photo: Photo, left: number, top: number, size: number, turn: Turn): Sample {
  const square = (of: Photo) => {
    const values = new Float32Array(3 * size * size);
    cutPatch(of, left, top, size, turn, values);
    return { width: size, height: size, values };
  };
  const { noisy, sigma } = photo;
  return {
    ...square(photo),
    ...(noisy && { noisy: square(noisy) }),
    ...(sigma !== undefined && { sigma }),
  };
}

/** The middle of a photo, at most so large a side, and a multiple of some number. */
export function cutMiddle(photo: Photo, most: number, multiple: number): Sample {
  const smallest = Math.min(most, photo.width, photo.height);
  const size = smallest - (smallest % multiple);
  return cutSquare(photo, (photo.width - size) >> 1, (photo.height - size) >> 1, size, asItIs);
}
