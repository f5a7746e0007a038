/**
 * Two pictures of the same scene out of one noisy picture (Neighbor2Neighbor: Huang et al. 2021).
 *
 * Neighbouring pixels show nearly the same, each with noise of its own: who learns to make one of the other learns
 * what they have in common. Noise that spreads over neighbours, as after strong JPEG compression, stays.
 */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Planes } from '../../image/planes.ts';
import { pick } from '../patches.ts';

/** The pixels of a cell beside each of them, across or down; pixels are counted along rows. */
const beside = [
  [1, 2],
  [0, 3],
  [0, 3],
  [1, 2],
] as const;

/**
 * Of every cell of two by two pixels one for the first picture, and one beside it for the second.
 *
 * @returns two pictures of half the size, an odd last row or column left out
 */
export function neighbours({ width, height, values }: Planes, random: RandomGenerator): [Planes, Planes] {
  const half = { width: width >> 1, height: height >> 1 };
  const cells = half.width * half.height;
  const [one, other] = [new Float32Array(3 * cells), new Float32Array(3 * cells)];
  for (let cell = 0; cell < cells; cell++) {
    const corner = 2 * Math.floor(cell / half.width) * width + 2 * (cell % half.width);
    const pixel = (place: number) => corner + (place >> 1) * width + (place & 1);
    const chosen = pick(random, 4);
    const [from, to] = [pixel(chosen), pixel(beside[chosen]?.[pick(random, 2)] ?? 0)];
    for (let c = 0; c < 3; c++) {
      one[c * cells + cell] = values[c * width * height + from] ?? 0;
      other[c * cells + cell] = values[c * width * height + to] ?? 0;
    }
  }
  return [
    { ...half, values: one },
    { ...half, values: other },
  ];
}
