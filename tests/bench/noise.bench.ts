/** How near the noise estimate comes: photographs with a measured truth, and white noise added to clean ones. */
import { readdir } from 'node:fs/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { gaussian } from '../../main/engine/gaussian.ts';
import { decode } from '../../main/image/decode.ts';
import { estimateNoise } from '../../main/image/noise-estimate.ts';
import type { Picture } from '../../main/image/picture.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../shared-pictures.ts';
import { print } from './measure.ts';

const test = `${sharedPictures}test/`;
const levels = [0, 5, 15, 25, 50];
const blockSide = 16;
/** The part of a picture's blocks, by their deviation in the clean one, that counts as flat. */
const flatShare = 0.25;

it.skipIf(sharedPicturesMissing)(
  `compares the noise of cameras with the estimate${needsSharedPictures}`,
  async () => {
    const rows = [['camera noise', 'truth', 'in its flattest quarter', 'estimate', 'of the clean one']];
    for (const name of (await readdir(`${test}real/noisy`)).sort()) {
      const noisy = await decode(`${test}real/noisy/${name}`);
      const clean = await decode(`${test}real/clean/${name}`);
      const found = [rms(blocksOf(noisy, clean).map(({ noise }) => noise)), flatNoise(noisy, clean)];
      rows.push([name, ...found.map((sigma) => sigma.toFixed(1)), shown(noisy), shown(clean)]);
    }
    print('Noise estimate, 8-bit levels; ? where it is not sure', rows);
    expect(rows.length).toBeGreaterThan(1);
  },
  600_000,
);

it.skipIf(sharedPicturesMissing)(
  `compares white noise with the estimate${needsSharedPictures}`,
  async () => {
    const rows = [['white noise added', ...levels.map((sigma) => sigma.toFixed(0))]];
    const names = (await readdir(`${test}cbsd68`)).sort().filter((_, i) => i % 7 === 0 || i % 7 === 3);
    for (const name of names) {
      const clean = await decode(`${test}cbsd68/${name}`);
      rows.push([name, ...levels.map((sigma) => shown(withNoise(clean, sigma)))]);
    }
    print('Noise estimate, 8-bit levels; ? where it is not sure', rows);
    expect(rows.length).toBeGreaterThan(1);
  },
  600_000,
);

function shown(picture: Picture): string {
  const { sigma, sure } = estimateNoise(picture);
  return `${sigma.toFixed(1)}${sure ? '' : '?'}`;
}

/** Deviation of the noise in the blocks that are flattest where it has been averaged out. */
function flatNoise(noisy: Picture, clean: Picture): number {
  const blocks = blocksOf(noisy, clean).sort((a, b) => a.structure - b.structure);
  return rms(blocks.slice(0, Math.ceil(flatShare * blocks.length)).map(({ noise }) => noise));
}

function blocksOf(noisy: Picture, clean: Picture) {
  const blocks: { structure: number; noise: number }[] = [];
  for (let top = 0; top + blockSide <= clean.height; top += blockSide)
    for (let left = 0; left + blockSide <= clean.width; left += blockSide) {
      const seen = [0, 1, 2].map((channel) => block(clean, left, top, channel));
      const noise = [0, 1, 2].map((channel) => {
        const values = block(noisy, left, top, channel);
        return deviation(values.map((value, i) => value - (seen[channel]?.[i] ?? 0)));
      });
      blocks.push({ structure: rms(seen.map(deviation)), noise: rms(noise) });
    }
  return blocks;
}

function block({ data, width, channels }: Picture, left: number, top: number, channel: number): number[] {
  return Array.from({ length: blockSide ** 2 }, (_, i) => {
    const at = (top + Math.floor(i / blockSide)) * width + left + (i % blockSide);
    return data[at * channels + channel] ?? 0;
  });
}

/** White Gaussian noise, clipped and rounded. */
function withNoise(picture: Picture, sigma: number): Picture {
  const noise = new Float32Array(picture.data.length);
  gaussian(xoroshiro128plus(7), noise, sigma);
  const data = Uint8ClampedArray.from(noise, (value, i) => value + (picture.data[i] ?? 0));
  return { ...picture, data: new Uint8Array(data.buffer) };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return rms(values.map((value) => value - mean));
}

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
