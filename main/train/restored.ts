/** What a network makes of a whole picture at once. */
import type { Network } from '../engine/network.ts';
import { crop, type Planes, roundToLevels } from '../image/planes.ts';
import type { Damaged } from './tasks/task.ts';

/** @returns the result, rounded to 8-bit levels as a file would be */
export async function restored(
  network: Network,
  { seen, sigma = 0 }: Pick<Damaged, 'seen' | 'sigma'>,
): Promise<Planes> {
  const width = roundUp(seen.width, network.multiple);
  const height = roundUp(seen.height, network.multiple);
  const input = new Float32Array(network.inputChannels * width * height).fill(sigma / 255);
  reflect(seen, width, height, input);
  const values = await network.run(input, height, width);
  const { scale } = network;
  const whole = { width: width * scale, height: height * scale, values };
  return roundToLevels(crop(whole, 0, 0, seen.width * scale, seen.height * scale));
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Extends planes to the right and below by mirroring, without repeating the edge. */
function reflect(
  { width, height, values }: Planes,
  paddedWidth: number,
  paddedHeight: number,
  into: Float32Array,
) {
  const mirror = (i: number, size: number) => (i < size ? i : Math.max(0, 2 * size - 2 - i));
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < paddedHeight; y++) {
      const from = (c * height + mirror(y, height)) * width;
      const to = (c * paddedHeight + y) * paddedWidth;
      for (let x = 0; x < paddedWidth; x++) into[to + x] = values[from + mirror(x, width)] ?? 0;
    }
  }
}
