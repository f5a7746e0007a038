/**
 * Every value's mean over the square of 2 radius + 1 a side around it; at the edges over what there is of it.
 *
 * @param plane rows of `width` values
 */
export function boxMean(plane: Float32Array, width: number, radius: number): Float32Array {
  const height = plane.length / width;
  const across = new Float32Array(plane.length);
  for (let row = 0; row < height; row++)
    meanAlong(plane, across, { start: row * width, count: width, step: 1 }, radius);
  const mean = new Float32Array(plane.length);
  for (let column = 0; column < width; column++)
    meanAlong(across, mean, { start: column, count: height, step: width }, radius);
  return mean;
}

interface Line {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** Means along a line, from a sum that moves with them. */
function meanAlong(
  from: Float32Array,
  into: Float32Array,
  { start, count, step }: Line,
  radius: number,
): void {
  let sum = 0;
  for (let i = 0; i < Math.min(radius, count); i++) sum += from[start + i * step] as number;
  for (let i = 0; i < count; i++) {
    if (i + radius < count) sum += from[start + (i + radius) * step] as number;
    if (i > radius) sum -= from[start + (i - radius - 1) * step] as number;
    const seen = Math.min(count - 1, i + radius) - Math.max(0, i - radius) + 1;
    into[start + i * step] = sum / seen;
  }
}
