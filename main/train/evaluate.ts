/** Scores of a denoiser, as published figures are computed. */
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { decode } from '../image/decode.ts';
import { psnr, ssim } from '../image/metrics.ts';
import { estimateSigma } from '../image/noise-estimate.ts';
import { CollectionError, usablePictures } from './collection.ts';
import { type Photo, readPhoto, toPhoto } from './photos.ts';
import { denoised, gaussianTrial, type Planes, type Trial } from './trial.ts';

export interface Scores {
  /** Mean over the pictures: RGB PSNR in dB, and SSIM. */
  readonly psnr: number;
  readonly ssim: number;
  readonly images: number;
}

export interface Evaluation {
  /** Clean pictures. */
  readonly folder: string;
  /** The same pictures with real noise, by the same names; without it, noise is added. */
  readonly noisy?: string;
  /** Noise level, 8-bit levels: of the noise that is added, or told of real noise instead of an estimate. */
  readonly sigma?: number;
}

/** Scores over trials, each made when its turn comes. `afterEach` throws to stop. */
export async function scoreDenoiser(
  network: Network,
  trials: readonly (() => Promise<Trial>)[],
  afterEach: (done: number) => void = () => {},
): Promise<Scores> {
  const sum = { psnr: 0, ssim: 0 };
  for (const [index, open] of trials.entries()) {
    const trial = await open();
    const result = await denoised(network, trial);
    sum.psnr += psnr(trial.clean.values, result.values, 1);
    sum.ssim += meanSsim(trial.clean, result);
    // The network blocks the event loop: let a cancel be heard.
    await setImmediate();
    afterEach(index + 1);
  }
  const images = trials.length;
  return { psnr: sum.psnr / images, ssim: sum.ssim / images, images };
}

/**
 * Scores over the pictures of a folder.
 *
 * @throws CollectionError when there is nothing to measure, or the two folders don't match
 */
export async function evaluateDenoiser(
  network: Network,
  { folder, noisy, sigma }: Evaluation,
  signal: AbortSignal,
  progress: (value: { progress: number }) => void,
): Promise<Scores> {
  const { paths } = await usablePictures(folder, ssimWindow);
  if (paths.length === 0) throw new CollectionError(`${folder} holds no pictures that can be measured.`);
  if (noisy === undefined && sigma === undefined) {
    throw new CollectionError('Without noisy pictures, the level of the noise to add must be given.');
  }
  const trials = paths.map((path, index) => async () => {
    if (noisy !== undefined) return pairTrial(path, join(noisy, basename(path)), sigma);
    return gaussianTrial(planes(await readPhoto(path)), sigma ?? 0, index);
  });
  return scoreDenoiser(network, trials, (done) => {
    progress({ progress: done / paths.length });
    signal.throwIfAborted();
  });
}

async function pairTrial(clean: string, noisy: string, sigma: number | undefined): Promise<Trial> {
  const picture = await decode(noisy);
  const trial = { clean: planes(await readPhoto(clean)), noisy: planes(toPhoto(picture)) };
  if (trial.clean.values.length !== trial.noisy.values.length) {
    throw new CollectionError(`${noisy} and ${clean} differ in size.`);
  }
  return { ...trial, sigma: sigma ?? estimateSigma(picture) };
}

/** SSIM is not defined on smaller pictures. */
const ssimWindow = 11;

function planes({ width, height, rgb }: Photo): Planes {
  const count = width * height;
  const values = new Float32Array(3 * count);
  for (let i = 0; i < values.length; i++)
    values[i] = (rgb[(i % count) * 3 + Math.floor(i / count)] ?? 0) / 255;
  return { width, height, values };
}

function meanSsim(a: Planes, b: Planes): number {
  const { width, height } = a;
  const plane = ({ values }: Planes, c: number) => ({
    width,
    height,
    channels: 1,
    data: values.subarray(c * width * height, (c + 1) * width * height),
  });
  return [0, 1, 2].reduce((sum, c) => sum + ssim(plane(a, c), plane(b, c), 1), 0) / 3;
}
