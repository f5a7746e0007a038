/** Pictures by which it is found out how a model from elsewhere takes them. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { normal } from '../engine/gaussian.ts';
import type { ProbePictures } from '../engine/probe-model.ts';
import { decode } from '../image/decode.ts';
import { resample } from '../image/resample.ts';
import { partOf, tiledInMemory } from '../image/tiled-picture.ts';
import { samplePath } from '../library/paths.ts';
import { areaOf, readWindow } from './tile-pixels.ts';

/** Levels of 255: cameras see least in blue. */
const noise = [5, 4, 10];

/**
 * The middle of the sample, reduced until its own noise is gone, and mirrored where a larger picture is asked for.
 *
 * @throws {PictureError} when the sample is missing
 */
export async function drawProbe(): Promise<(size: { height: number; width: number }) => ProbePictures> {
  const sample = await decode(samplePath);
  const small = resample(sample, sample.width >> 2, sample.height >> 2);
  return ({ height, width }) => {
    const clean = new Float32Array(3 * height * width);
    const middle = (length: number, side: number) => ({
      start: Math.max(0, (length - side) >> 1),
      from: 0,
      to: 0,
    });
    const window = { x: middle(small.width, width), y: middle(small.height, height), height, width };
    readWindow(partOf(tiledInMemory(small), areaOf(small, window)), window, clean);
    const random = xoroshiro128plus(1);
    const plane = height * width;
    const noisy = clean.map(
      (value, i) => value + ((noise[Math.floor(i / plane)] ?? 0) / 255) * normal(random),
    );
    return { clean, noisy };
  };
}
