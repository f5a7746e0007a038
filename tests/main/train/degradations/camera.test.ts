import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { type Camera, photograph, randomCamera } from '../../../../main/train/degradations/camera.ts';

const side = 32;
const plane = side * side;

/** A slow gradient in each channel: demosaicking loses nothing of it. */
const photo = Float32Array.from({ length: 3 * plane }, (_, i) => {
  const [c, x, y] = [Math.floor(i / plane), i % side, Math.floor((i % plane) / side)];
  return 0.3 + 0.1 * c + 0.2 * (x / side) + 0.1 * (y / side);
});

function taken(camera: Camera, seed = 5) {
  const [clean, noisy] = [new Float32Array(3 * plane), new Float32Array(3 * plane)];
  photograph(photo, side, camera, xoroshiro128plus(seed), clean, noisy);
  return { clean, noisy };
}

const cameras = Array.from({ length: 8 }, (_, seed) => randomCamera(xoroshiro128plus(seed)));
/** Samples that do not lie at the edge. */
const inner = (values: Float32Array, c: number) =>
  [...values.subarray(c * plane, (c + 1) * plane)].filter((_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return Math.min(x, y) > 1 && Math.max(x, y) < side - 2;
  });

describe('a photo taken back to the sensor and forward again', () => {
  it.each(cameras)('comes back as it was, but for its noise (%#)', (camera) => {
    const { clean } = taken(camera);
    for (let c = 0; c < 3; c++) {
      const back = inner(clean, c);
      for (const [i, value] of inner(photo, c).entries())
        expect(Math.abs((back[i] ?? 0) - value)).toBeLessThan(0.01);
    }
  });

  it('has noise that grows with the light', () => {
    const quiet = { ...(cameras[0] as Camera), read: 0, shot: 0 };
    const dark = { ...quiet, shot: 1e-4 };
    const high = { ...quiet, shot: 1e-2 };
    const level = (camera: Camera) => {
      const { clean, noisy } = taken(camera);
      return Math.sqrt(noisy.reduce((sum, v, i) => sum + (v - (clean[i] ?? 0)) ** 2, 0) / noisy.length);
    };
    expect(level(quiet)).toBe(0);
    // The variance is proportional to the shot noise: ten times the deviation for a hundred times as much.
    expect(level(high) / level(dark)).toBeGreaterThan(8);
    expect(level(high) / level(dark)).toBeLessThan(12);
  });

  it('is neither darkened nor brightened by noise, not even in the dark', () => {
    const dark = new Float32Array(3 * plane).fill(0.1);
    const camera = { ...(cameras[2] as Camera), shot: 0.01, read: 1e-4 };
    const [clean, noisy] = [new Float32Array(3 * plane), new Float32Array(3 * plane)];
    photograph(dark, side, camera, xoroshiro128plus(9), clean, noisy);
    const mean = (values: Float32Array) => values.reduce((total, value) => total + value, 0) / values.length;
    const deviation = Math.sqrt(mean(noisy.map((value, i) => (value - (clean[i] ?? 0)) ** 2)));
    expect(deviation).toBeGreaterThan(0.03);
    expect(Math.abs(mean(noisy) - mean(clean))).toBeLessThan(0.1 * deviation);
  });

  it('has noise that neighbours share, unlike white noise', () => {
    const camera = { ...(cameras[1] as Camera), shot: 1e-3, read: 1e-5 };
    const { clean, noisy } = taken(camera);
    let [together, alone] = [0, 0];
    for (let i = 1; i < plane; i++) {
      const here = (noisy[i] ?? 0) - (clean[i] ?? 0);
      const left = (noisy[i - 1] ?? 0) - (clean[i - 1] ?? 0);
      together += here * left;
      alone += here * here;
    }
    expect(together / alone).toBeGreaterThan(0.2);
  });
});
