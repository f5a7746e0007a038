/** A Bayer mosaic of photosites, and the colours that are made of it. */

/** Where the mosaic begins: 0..1 across and down. */
export type Phase = readonly [number, number];

/** Which colour a photosite sees: RGGB from the phase on. */
export function colourAt(x: number, y: number, [px, py]: Phase): 0 | 1 | 2 {
  const [odd, down] = [(x + px) & 1, (y + py) & 1];
  return odd === down ? (odd === 0 ? 0 : 2) : 1;
}

/** Demosaicking looks two photosites far. */
export const margin = 2;

/** Surrounds the sensor with its mirror image, in which the mosaic goes on unbroken. */
export function mirroredMargin(
  sensor: Float32Array,
  side: number,
  change: (value: number, x: number, y: number) => number,
): Float32Array {
  const wide = side + 2 * margin;
  const mirror = (i: number) => (i < 0 ? -i : i < side ? i : 2 * side - 2 - i);
  return Float32Array.from({ length: wide * wide }, (_, i) => {
    const [x, y] = [mirror((i % wide) - margin), mirror(Math.floor(i / wide) - margin)];
    return change(sensor[y * side + x] ?? 0, x, y);
  });
}

/**
 * The three colours of a photosite.
 *
 * Malvar, He and Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned color images"
 * (ICASSP 2004): bilinear means, corrected by the second difference of the colour that is known here.
 */
export function demosaic(
  values: Float32Array,
  wide: number,
  x: number,
  y: number,
  phase: Phase,
  into: [number, number, number],
): void {
  const at = (y + margin) * wide + x + margin;
  const value = (dx: number, dy: number) => values[at + dy * wide + dx] ?? 0;
  const here = value(0, 0);
  const across = value(-1, 0) + value(1, 0);
  const down = value(0, -1) + value(0, 1);
  const diagonal = value(-1, -1) + value(1, -1) + value(-1, 1) + value(1, 1);
  const farAcross = value(-2, 0) + value(2, 0);
  const farDown = value(0, -2) + value(0, 2);
  const colour = colourAt(x, y, phase);
  into[colour] = here;
  if (colour === 1) {
    into[colourAt(x + 1, y, phase)] = (5 * here + 4 * across - diagonal - farAcross + 0.5 * farDown) / 8;
    into[colourAt(x, y + 1, phase)] = (5 * here + 4 * down - diagonal - farDown + 0.5 * farAcross) / 8;
    return;
  }
  into[1] = (4 * here + 2 * (across + down) - farAcross - farDown) / 8;
  into[colour === 0 ? 2 : 0] = (6 * here + 2 * diagonal - 1.5 * (farAcross + farDown)) / 8;
}
