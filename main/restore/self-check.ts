/** Whether a network's result can be what it was asked for. Restoring keeps the mean colour of every tile. */

/** How far a tile's mean may move, 0..1: noise that is clipped at black or white moves it by less. */
const mostMoved = 0.12;

/**
 * Compares the mean colours of what the network saw and what it made of it.
 *
 * @param input [3 or more, plane], 0..1
 * @param output [3, scale² plane]
 * @returns what is wrong, as a noun phrase; undefined when nothing is
 */
export function colourMoved(input: Float32Array, output: Float32Array, plane: number): string | undefined {
  const size = output.length / 3;
  for (let c = 0; c < 3; c++) {
    const before = mean(input, c * plane, plane);
    const after = mean(output, c * size, size);
    if (Math.abs(after - before) <= mostMoved) continue;
    if (Math.abs(after) < 0.01) return 'a black picture';
    return 'other colours than the picture has';
  }
  return undefined;
}

/** Of a tile some 15,000 samples are enough, one in a prime number, so that they fall on every column. */
const stride = 53;
/** All are looked at of less. */
const small = 1000 * stride;

function mean(values: Float32Array, from: number, count: number): number {
  const step = count < small ? 1 : stride;
  let sum = 0;
  for (let i = from; i < from + count; i += step) sum += values[i] as number;
  return sum / Math.ceil(count / step);
}
