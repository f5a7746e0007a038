import { describe, expect, it } from 'vitest';
import { psnr, ssim } from '../../../main/image/metrics.ts';
import { randomPicture } from './samples.ts';

function flat(value: number, width = 12, height = 13) {
  return { width, height, channels: 1, data: new Float32Array(width * height).fill(value) };
}

describe('psnr', () => {
  it('is 10 log10(peak^2 / mean squared error)', () => {
    // Errors 3, 0, 0, 1: mean square 2.5, so 10 log10(65025 / 2.5) = 44.1514.
    expect(psnr([10, 20, 30, 40], [13, 20, 30, 41], 255)).toBeCloseTo(44.1514, 3);
    expect(psnr([0, 1], [0.1, 1], 1)).toBeCloseTo(23.0103, 3);
  });

  it('is infinite for equal samples', () => {
    expect(psnr([1, 2], [1, 2], 255)).toBe(Infinity);
  });

  it('refuses samples of different length', () => {
    expect(() => psnr([1, 2], [1], 255)).toThrow(RangeError);
  });
});

describe('ssim', () => {
  it('is 1 for equal pictures', () => {
    const picture = randomPicture(20, 15, 3, 8);
    expect(ssim(picture, picture, 255)).toBeCloseTo(1, 12);
  });

  it('compares means alone when both are flat', () => {
    // (2 x 100 x 120 + C1) / (100^2 + 120^2 + C1) with C1 = (0.01 x 255)^2 = 6.5025.
    expect(ssim(flat(100), flat(120), 255)).toBeCloseTo(24_006.5025 / 24_406.5025, 10);
  });

  it('weighs an 11 x 11 window by a Gaussian of deviation 1.5', () => {
    // One window; y differs from a flat x = 0 by 1 at its centre only. With w the centre's weight, the mean of
    // y is w and its variance w - w^2; x has neither mean, variance nor covariance.
    const line = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / 4.5));
    const w = (1 / line.reduce((a, b) => a + b)) ** 2;
    const y = flat(0, 11, 11);
    y.data[5 * 11 + 5] = 1;
    const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
    const expected = (c1 * c2) / ((w * w + c1) * (w - w * w + c2));
    expect(ssim(flat(0, 11, 11), y, 1)).toBeCloseTo(expected, 7);
  });

  it('is near -1 for pictures that are each other’s negative around equal means', () => {
    const a = { ...flat(0), data: Float32Array.from({ length: 156 }, (_, i) => (i % 2 ? 100 : 155)) };
    const b = { ...a, data: a.data.map((value) => 255 - value) };
    expect(ssim(a, b, 255)).toBeLessThan(-0.85);
  });

  it('takes the mean over channels', () => {
    const grey = flat(100);
    const pair = { ...grey, channels: 2, data: new Float32Array(312).fill(100) };
    const other = { ...pair, data: pair.data.map((value, i) => (i % 2 ? value : 120)) };
    expect(ssim(pair, other, 255)).toBeCloseTo((1 + ssim(grey, flat(120), 255)) / 2, 10);
  });

  it('refuses pictures of different size, or smaller than its window', () => {
    expect(() => ssim(flat(1), flat(1, 13, 12), 255)).toThrow(RangeError);
    expect(() => ssim(flat(1, 10, 20), flat(1, 10, 20), 255)).toThrow(RangeError);
  });
});
