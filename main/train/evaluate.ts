/** Scores of a denoiser on a folder of clean pictures, as published figures are computed. */
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { psnr, ssim } from '../image/metrics.ts';
import { CollectionError, usablePictures } from './collection.ts';
import { denoiseTrial, type Planes } from './noise-trial.ts';
import { type Photo, readPhoto } from './photos.ts';

export interface Scores {
  /** Mean over the pictures: RGB PSNR in dB, and SSIM. */
  readonly psnr: number;
  readonly ssim: number;
  readonly images: number;
}

/** Called after each picture; throws to stop. */
type AfterEach = (done: number) => void;

/** Scores over clean pictures, each with its own noise of one level, the same at every call. */
export async function scoreDenoiser(
  network: Network,
  sigma: number,
  pictures: readonly (() => Promise<Planes>)[],
  afterEach: AfterEach = () => {},
): Promise<Scores> {
  const sum = { psnr: 0, ssim: 0 };
  for (const [index, open] of pictures.entries()) {
    const clean = await open();
    const result = await denoiseTrial(network, clean, sigma, index);
    sum.psnr += psnr(clean.values, result.values, 1);
    sum.ssim += meanSsim(clean, result);
    // The network blocks the event loop: let a cancel be heard.
    await setImmediate();
    afterEach(index + 1);
  }
  const images = pictures.length;
  return { psnr: sum.psnr / images, ssim: sum.ssim / images, images };
}

/**
 * Scores over the pictures of a folder.
 *
 * @param sigma white Gaussian noise, 8-bit levels, added in float and not clipped
 * @throws CollectionError when the folder holds no pictures that can be measured
 */
export async function evaluateDenoiser(
  network: Network,
  folder: string,
  sigma: number,
  signal: AbortSignal,
  progress: (value: { progress: number }) => void,
): Promise<Scores> {
  const { paths } = await usablePictures(folder, ssimWindow);
  if (paths.length === 0) throw new CollectionError(`${folder} holds no pictures that can be measured.`);
  const pictures = paths.map((path) => async () => planes(await readPhoto(path)));
  return scoreDenoiser(network, sigma, pictures, (done) => {
    progress({ progress: done / paths.length });
    signal.throwIfAborted();
  });
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
