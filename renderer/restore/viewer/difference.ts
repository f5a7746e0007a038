/** The difference of two pictures, made visible. */
import { luminanceWeights, type Shares } from '../../../preload/contract.ts';

/** What no difference looks like: black, with differences of any sign brighter; or grey, with them up and down. */
export type Base = 'black' | 'grey';

/** How much a difference can be amplified. */
export const gains = [1, 2, 4, 8, 16] as const;
export type Gain = (typeof gains)[number];

/**
 * after - before of every colour sample.
 *
 * @param before RGBA, 8 bits
 * @param after as many samples
 * @returns three values a pixel, -255..255
 */
export function signedDifference(before: Uint8ClampedArray, after: Uint8ClampedArray): Int16Array {
  const difference = new Int16Array((before.length / 4) * 3);
  for (let from = 0, to = 0; to < difference.length; from += 4, to += 3) {
    difference[to] = (after[from] as number) - (before[from] as number);
    difference[to + 1] = (after[from + 1] as number) - (before[from + 1] as number);
    difference[to + 2] = (after[from + 2] as number) - (before[from + 2] as number);
  }
  return difference;
}

/** What a blend is made of beside the result, as many values of each as the difference has. */
interface Mixed {
  /** What the lost texture adds to the result. */
  readonly texture?: Int16Array | undefined;
  /** What the result is mixed with, against what it is compared with, where those are not the same. */
  readonly base?: Int16Array | undefined;
}

/** What is left of a difference where only a part of the result is kept. */
export function weighed(
  difference: Int16Array,
  { luminance, colour, detail }: Shares,
  { texture, base }: Mixed = {},
): Int16Array {
  const [red, green, blue] = luminanceWeights;
  const kept = new Int16Array(difference.length);
  for (let i = 0; i < kept.length; i += 3) {
    const changed = (at: number) => (difference[at] as number) - (base?.[at] ?? 0);
    const lift = (luminance - colour) * (red * changed(i) + green * changed(i + 1) + blue * changed(i + 2));
    for (let c = i; c < i + 3; c++) {
      const added = luminance * detail * (texture?.[c] ?? 0);
      kept[c] = Math.round((base?.[c] ?? 0) + colour * changed(c) + lift + added);
    }
  }
  return kept;
}

/**
 * Draws a difference: gain x |difference| on black, 128 + gain x difference on grey; cut off at 0 and 255.
 *
 * @param into RGBA, 8 bits; becomes opaque
 */
export function drawDifference(
  difference: Int16Array,
  gain: number,
  base: Base,
  into: Uint8ClampedArray,
): void {
  const shown = Uint8ClampedArray.from({ length: 511 }, (_, index) =>
    base === 'black' ? gain * Math.abs(index - 255) : 128 + gain * (index - 255),
  );
  for (let from = 0, to = 0; from < difference.length; from += 3, to += 4) {
    into[to] = shown[(difference[from] as number) + 255] as number;
    into[to + 1] = shown[(difference[from + 1] as number) + 255] as number;
    into[to + 2] = shown[(difference[from + 2] as number) + 255] as number;
    into[to + 3] = 255;
  }
}
