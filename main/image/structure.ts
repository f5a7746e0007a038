/** What the differences between neighbouring pixels tell: how sharp a picture is, and whether JPEG cut it up. */
import type { Picture } from './picture.ts';

/** Brightness of a picture: width x height values, 8-bit levels. */
export interface Brightness {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export function brightnessOf({ width, height, channels, data }: Picture): Brightness {
  const values = new Float32Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += channels) {
    values[i] =
      channels < 3
        ? (data[at] as number)
        : 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
  }
  return { width, height, values };
}

/** Side of the squares that are looked at one by one, and how far apart the pixels of a wide difference lie. */
const tile = 32;
const reach = 4;
/** A square whose wide differences are weaker than this (levels squared) shows nothing that could be sharp. */
const contrast = 40;
/** Noise, or texture as fine as noise, above which sharpness cannot be told. */
const sigmaLimit = 4;

/**
 * How sharp the sharpest parts are: energy of differences between neighbours against that of pixels four apart, less
 * what noise contributes to both. A smooth ramp has 1/16, a clean edge 1/4.
 *
 * @param sigma the picture's noise, 8-bit levels
 * @returns undefined when nothing in it has contrast, or noise hides it
 */
export function sharpness({ width, height, values }: Brightness, sigma: number): number | undefined {
  if (sigma > sigmaLimit) return undefined;
  const shares: number[] = [];
  for (let top = 0; top + tile <= height; top += tile)
    for (let left = 0; left + tile <= width; left += tile) {
      let near = 0;
      let far = 0;
      for (let y = top; y < top + tile - reach; y++)
        for (let at = y * width + left, end = at + tile - reach; at < end; at++) {
          const value = values[at] as number;
          near += ((values[at + 1] as number) - value) ** 2 + ((values[at + width] as number) - value) ** 2;
          far +=
            ((values[at + reach] as number) - value) ** 2 +
            ((values[at + reach * width] as number) - value) ** 2;
        }
      const count = 2 * (tile - reach) ** 2;
      const noise = 2 * sigma * sigma;
      const wide = far / count - noise;
      if (wide > contrast + noise) shares.push(Math.max(0, near / count - noise) / wide);
    }
  if (shares.length === 0) return undefined;
  shares.sort((a, b) => a - b);
  return shares[Math.floor(0.9 * (shares.length - 1))];
}

/** Side of JPEG's blocks, and the mean step between neighbours, in levels, below which a drawing has none to compare. */
const block = 8;
const faintest = 1;

/**
 * How much stronger the steps are that lie eight pixels apart than all others; 1 without blocks.
 *
 * Wang, Sheikh and Bovik, "No-reference perceptual quality assessment of JPEG compressed images" (2002), compare the
 * same two; here both ways, and wherever the blocks begin.
 */
export function blockiness({ width, height, values }: Brightness): number {
  return Math.min(
    strongestPhase(values, width - 1, height, 1, width),
    strongestPhase(values, height - 1, width, width, 1),
  );
}

/**
 * The strongest of the eight phases against the mean of the others. A phase is as strong as the median of the lines
 * that it is made of, so that an edge of what is shown is not taken for that of a block.
 */
function strongestPhase(
  values: Float32Array,
  steps: number,
  lines: number,
  along: number,
  across: number,
): number {
  const sums = new Float64Array(steps);
  for (let line = 0; line < lines; line += 2)
    for (let i = 0, at = line * across; i < steps; i++, at += along)
      sums[i] = (sums[i] as number) + Math.abs((values[at + along] as number) - (values[at] as number));
  const strengths = Array.from({ length: block }, (_, phase) =>
    median(sums.filter((_, i) => i % block === phase)),
  );
  const strongest = Math.max(...strengths);
  const rest = (strengths.reduce((sum, strength) => sum + strength, 0) - strongest) / (block - 1);
  return rest > faintest * (lines >> 1) ? strongest / rest : 1;
}

const median = (values: Float64Array) => values.sort()[values.length >> 1] ?? 0;
