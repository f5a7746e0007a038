import { expect, it } from 'vitest';
import type { Picture } from '../../../main/image/picture.ts';
import { resample } from '../../../main/image/resample.ts';

/** Every sample of a row says where it stands. */
function ramp(depth: 8 | 16, step: number): Picture {
  const levels = Array.from({ length: 24 * 24 * 2 }, (_, i) => step * (Math.floor(i / 2) % 24));
  const data = depth === 16 ? Uint16Array.from(levels) : Uint8Array.from(levels);
  return { width: 24, height: 24, channels: 2, depth, data, format: 'png', metadata: {} };
}

it.each([
  [8, 10, 48],
  [8, 10, 36],
  [16, 1000, 48],
  [16, 1000, 12],
  [8, 10, 12],
] as const)('%i bits in steps of %i to %i pixels keep every pixel in its place', (depth, step, size) => {
  const { width, height, data } = resample(ramp(depth, step), size, size);
  expect([width, height, data.length]).toEqual([size, size, size * size * 2]);
  for (let x = size / 3; x < (2 * size) / 3; x++) {
    // The centre of a pixel lies at x + 0.5.
    const expected = step * (((x + 0.5) * 24) / size - 0.5);
    // Lanczos is not exact on ramps between samples: a fiftieth of a step.
    for (const c of [0, 1])
      expect(Math.abs((data[(Math.floor(size / 2) * size + x) * 2 + c] ?? 0) - expected)).toBeLessThan(
        0.5 + step / 20,
      );
  }
});
