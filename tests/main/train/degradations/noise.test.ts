import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { withCameraNoise } from '../../../../main/train/degradations/noise.ts';

const side = 64;
const plane = side * side;
const grey = { width: side, height: side, values: new Float32Array(3 * plane).fill(0.45) };

/** How far a plane's samples go with their right neighbours: 0 for white noise, 1 for what is the same everywhere. */
function withNeighbours(noise: Float32Array): number {
  let [together, alone] = [0, 0];
  for (let i = 0; i < noise.length; i++) {
    if (i % side < side - 1) together += (noise[i] ?? 0) * (noise[i + 1] ?? 0);
    alone += (noise[i] ?? 0) ** 2;
  }
  return together / alone;
}

async function shot(seed: number) {
  const { noisy, clean } = await withCameraNoise(grey, xoroshiro128plus(seed));
  const at = (i: number) => (noisy.values[i] ?? 0) - (clean.values[i] ?? 0);
  const of = (value: (i: number) => number) => Float32Array.from({ length: plane }, (_, i) => value(i));
  return {
    brightness: withNeighbours(of((i) => (at(i) + at(i + plane) + at(i + 2 * plane)) / 3)),
    colour: withNeighbours(of((i) => at(i) - at(i + plane))),
  };
}

it('spreads noise over neighbours as camera files do: some in brightness, far in colour', async () => {
  const shots = await Promise.all(Array.from({ length: 40 }, (_, seed) => shot(seed)));
  const brightness = shots.map((shot) => shot.brightness).sort();
  const colour = shots.map((shot) => shot.colour).sort();
  // Measured on camera files: 0.40 to 0.81, the middle at 0.65, and 0.82 to 0.96, the middle at 0.92.
  expect(brightness[20]).toBeGreaterThan(0.55);
  expect(brightness[20]).toBeLessThan(0.75);
  expect(colour[20]).toBeGreaterThan(0.85);
  expect(colour[20]).toBeLessThan(0.95);
  // Some cameras leave what demosaicking made of it.
  expect(brightness[1]).toBeLessThan(0.4);
  expect(colour[2]).toBeLessThan(0.8);
});
