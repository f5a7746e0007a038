import { readdir } from 'node:fs/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { gaussian, uniform } from '../../../main/engine/gaussian.ts';
import { decode } from '../../../main/image/decode.ts';
import { estimateNoise, estimateSigma } from '../../../main/image/noise-estimate.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../../shared-pictures.ts';

/** The picture with white Gaussian noise, clipped and rounded. */
function noisy(picture: Picture, sigma: number): Picture {
  const noise = new Float32Array(picture.data.length);
  gaussian(xoroshiro128plus(7), noise, picture.depth === 16 ? sigma * 257 : sigma);
  const max = 2 ** picture.depth - 1;
  const samples = picture.data.slice();
  for (let i = 0; i < samples.length; i++)
    samples[i] = Math.min(max, Math.max(0, Math.round((picture.data[i] ?? 0) + (noise[i] ?? 0))));
  return { ...picture, data: samples };
}

function gradient(width: number, height: number, channels: 1 | 3, depth: 8 | 16 = 8): Picture {
  const scale = depth === 16 ? 257 : 1;
  const values = Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return scale * Math.round(70 + (60 * x) / width + (50 * y) / height);
  });
  const samples = depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
  return { width, height, channels, depth, data: samples, format: 'png', metadata: {} };
}

/** Squares of 3, 6 and 12 pixels at random levels over each other: no flat part anywhere. */
function rubble(side: number, channels: 1 | 3): Picture {
  const random = xoroshiro128plus(3);
  const layers = [3, 6, 12].map((cell) => ({
    cell,
    levels: Float32Array.from({ length: side * side }, () => 60 * uniform(random) - 30),
  }));
  const data = Uint8Array.from({ length: side * side * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % side, Math.floor(i / channels / side)];
    return layers.reduce(
      (sum, { cell, levels }) => sum + (levels[Math.floor(y / cell) * side + Math.floor(x / cell)] ?? 0),
      128,
    );
  });
  return { width: side, height: side, channels, depth: 8, data, format: 'png', metadata: {} };
}

/** Noise of four bands: 2 x 2 means of white noise at the given deviations, or squares of 8 pixels at random levels. */
function bands(deviations: readonly (number | 'squares')[]): Picture {
  const [width, height] = [256, 64];
  const random = xoroshiro128plus(9);
  const values = deviations.flatMap((deviation, band) => {
    const white = new Float32Array((width + 1) * (height + 1));
    gaussian(random, white, typeof deviation === 'number' ? 2 * deviation : 0);
    const levels = Float32Array.from({ length: (width * height) / 64 }, () => 30 * uniform(random) - 15);
    return Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const at = y * (width + 1) + x;
      const four = [at, at + 1, at + width + 1, at + width + 2].map((k) => white[k] ?? 0);
      const square = levels[Math.floor(y / 8) * (width / 8) + Math.floor(x / 8)] ?? 0;
      return 50 + 50 * band + (deviation === 'squares' ? square : four.reduce((a, b) => a + b) / 4);
    });
  });
  const data = Uint8Array.from({ length: 3 * values.length }, (_, i) =>
    Math.round(values[Math.floor(i / 3)] ?? 0),
  );
  return { ...gradient(width, height * deviations.length, 3), data };
}

describe('estimateSigma', () => {
  for (const channels of [1, 3] as const)
    for (const depth of [8, 16] as const)
      it.each([2, 5, 15, 40])(
        `finds white noise of %i levels, ${channels} channels of ${depth} bits`,
        (sigma) => {
          const estimate = estimateNoise(noisy(gradient(256, 200, channels, depth), sigma));
          for (const value of [estimate.sigma, estimate.level]) {
            expect(value).toBeGreaterThan(0.85 * sigma);
            expect(value).toBeLessThan(1.15 * sigma);
          }
        },
      );

  it('finds nothing where all is one colour', () => {
    const data = new Uint8Array(256 * 200 * 3).fill(128);
    expect(estimateNoise({ ...gradient(256, 200, 3), data })).toMatchObject({ sigma: 0, level: 0 });
  });

  it('finds noise that a camera has smoothed, which has nothing left at the finest scale', () => {
    // Each sample the mean of 2 x 2 of white noise, equal in the three channels: deviation 16 / 2 = 8,
    // and at half size like white noise of 2 x 16 x 36^.5 / 16 = 12.
    const white = noisy({ ...gradient(257, 201, 1), data: new Uint8Array(257 * 201).fill(128) }, 16);
    const samples = new Uint8Array(256 * 200 * 3);
    for (let i = 0; i < samples.length; i++) {
      const at = Math.floor(i / 3 / 256) * 257 + (Math.floor(i / 3) % 256);
      const four = [at, at + 1, at + 257, at + 258].map((k) => white.data[k] ?? 0);
      samples[i] = Math.round(four.reduce((a, b) => a + b) / 4);
    }
    const estimate = estimateNoise({ ...gradient(256, 200, 3), data: samples });
    expect(estimate.sigma).toBeGreaterThan(8);
    expect(estimate.sigma).toBeLessThan(15);
    // Where nothing is left of its finest scale, it is as hard to remove as the white noise that it was made of.
    expect(estimate.level).toBeGreaterThan(16);
    expect(estimate.level).toBeLessThan(30);
  });

  it.each([1, 3] as const)(
    'takes little of a small picture for noise that is texture throughout, and says that it is not sure, %i channels',
    (channels) => {
      const estimate = estimateNoise(rubble(64, channels));
      expect(estimate.sigma).toBeLessThan(3);
      expect(estimate.sure).toBe(false);
    },
  );

  it('is sure of white noise in the colours of such a picture', () => {
    const estimate = estimateNoise(noisy(rubble(64, 3), 15));
    expect(estimate.sigma).toBeGreaterThan(0.8 * 15);
    expect(estimate.sigma).toBeLessThan(1.2 * 15);
    expect(estimate.sure).toBe(true);
  });

  it('trusts the calmer of two ranges that are too unlike to be both noise, where little else is flat', () => {
    const estimate = estimateNoise(bands(['squares', 8, 'squares', 1.5]));
    // At half size noise of 1.5 that was smoothed looks like white noise of 2.25; even texture of 8 counts as three times it.
    expect(estimate.sigma).toBeGreaterThan(1.5);
    expect(estimate.sigma).toBeLessThan(2 * 2.25);
    expect(estimate.sure).toBe(false);
  });

  it('is next to nothing for a clean gradient', () => {
    expect(estimateSigma(gradient(256, 200, 3))).toBeLessThan(0.6);
  });

  it('is 0 for pictures too small to judge', () => {
    expect(estimateSigma(noisy(gradient(15, 300, 3), 20))).toBe(0);
  });

  it.skipIf(sharedPicturesMissing)(
    `takes little for noise in clean small pictures${needsSharedPictures}`,
    async () => {
      for (const scale of [2, 3, 4])
        for (const name of await readdir(`${sharedPictures}test/set5/lr${scale}`)) {
          const photo = await decode(`${sharedPictures}test/set5/lr${scale}/${name}`);
          expect(estimateSigma(photo), `${scale} ${name}`).toBeLessThan(6);
        }
    },
  );

  it.skipIf(sharedPicturesMissing)(
    `finds the noise that is added to photographs, whatever their texture${needsSharedPictures}`,
    async () => {
      const names = (await readdir(`${sharedPictures}test/cbsd68`)).sort().filter((_, i) => i % 7 === 0);
      for (const name of names) {
        const photo = await decode(`${sharedPictures}test/cbsd68/${name}`);
        for (const sigma of [15, 25]) {
          const estimate = estimateSigma(noisy(photo, sigma));
          expect(estimate, name).toBeGreaterThan(0.8 * sigma);
          expect(estimate, name).toBeLessThan(1.15 * sigma);
        }
      }
    },
  );

  it.skipIf(sharedPicturesMissing)(
    `sees the noise of cameras: between half and twice the truth in most photographs, far more than clean ones show${needsSharedPictures}`,
    async () => {
      const names = (await readdir(`${sharedPictures}test/real/noisy`)).sort();
      const ratios: number[] = [];
      const contrasts: number[] = [];
      for (const name of names) {
        const [shot, mean] = await Promise.all([
          decode(`${sharedPictures}test/real/noisy/${name}`),
          decode(`${sharedPictures}test/real/clean/${name}`),
        ]);
        const estimate = estimateSigma(shot);
        ratios.push(estimate / deviation(shot, mean));
        contrasts.push(estimate / estimateSigma(mean));
      }
      expect(ratios.filter((ratio) => ratio > 0.5 && ratio < 2).length).toBeGreaterThanOrEqual(18);
      expect(median(ratios)).toBeGreaterThan(0.8);
      expect(median(ratios)).toBeLessThan(1.25);
      expect(median(contrasts)).toBeGreaterThan(3);
    },
  );
});

function deviation(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += ((a.data[i] ?? 0) - (b.data[i] ?? 0)) ** 2;
  return Math.sqrt(sum / a.data.length);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
