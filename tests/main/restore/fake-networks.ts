/** Networks whose results are known. */
import type { Network } from '../../../main/engine/network.ts';

type Run = (input: Float32Array, height: number, width: number) => Float32Array;

export function fakeNetwork(run: Run, multiple = 16): Network {
  return {
    inputChannels: 4,
    outputChannels: 3,
    scale: 1,
    multiple,
    device: 'test',
    run: async (input, height, width) => run(input, height, width),
    dispose: async () => {},
  };
}

/** Gives the colours back as they came. */
export const identity: Run = (input, height, width) => input.slice(0, 3 * height * width);

/** Means over squares of 2 radius + 1, zeros beyond the edges as in a padded convolution. */
export function boxBlur(radius: number): Run {
  return (input, height, width) => {
    const output = new Float32Array(3 * height * width);
    for (let c = 0; c < 3; c++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          let sum = 0;
          for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
            for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++)
              sum += input[(c * height + v) * width + u] ?? 0;
          output[(c * height + y) * width + x] = sum / (2 * radius + 1) ** 2;
        }
    return output;
  };
}

/** Means over whole blocks of 8 x 8: right only where tiles keep to the network's grid. */
export const blockMeans: Run = (input, height, width) => {
  const output = new Float32Array(3 * height * width);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < 64; k++) {
          const row = (y & ~7) + (k >> 3);
          const column = (x & ~7) + (k & 7);
          sum += input[(c * height + row) * width + column] ?? 0;
        }
        output[(c * height + y) * width + x] = sum / 64;
      }
  return output;
};

/** Repeats every pixel. */
export function nearest(scale: number): Run {
  return (input, height, width) => {
    const [h, w] = [height * scale, width * scale];
    return Float32Array.from({ length: 3 * h * w }, (_, i) => {
      const [c, y, x] = [Math.floor(i / (h * w)), Math.floor(i / w) % h, i % w];
      return input[(c * height + Math.floor(y / scale)) * width + Math.floor(x / scale)] ?? 0;
    });
  };
}
