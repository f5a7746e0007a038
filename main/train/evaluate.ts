/** Scores of a model over a folder of pictures, beside what classical methods reach on the same. */
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { decode } from '../image/decode.ts';
import { estimateNoise } from '../image/noise-estimate.ts';
import { fromRgb, type Planes } from '../image/planes.ts';
import { type Baseline, baselines } from './baselines.ts';
import { usablePictures } from './collection.ts';
import { CollectionError } from './collection-error.ts';
import { type Photo, readPhoto, toPhoto } from './photos.ts';
import { restored } from './restored.ts';
import { ScoreSum, type Scores } from './scores.ts';
import { jpegTrial } from './tasks/artefacts.ts';
import { gaussianTrial } from './tasks/denoise.ts';
import type { Damaged, Task } from './tasks/task.ts';
import { bicubicTrial } from './tasks/upscale.ts';

/** What is done to clean pictures before the model sees them. */
export type Damage =
  | { readonly kind: 'noise'; readonly sigma: number }
  | { readonly kind: 'jpeg'; readonly quality: number }
  | { readonly kind: 'shrink'; readonly scale: number }
  /** Nothing: the damaged pictures lie in another folder, by the same names. */
  | { readonly kind: 'pairs'; readonly folder: string; readonly sigma?: number; readonly scale: number };

export interface Evaluation {
  /** Clean pictures. */
  readonly folder: string;
  readonly damage: Damage;
}

export interface Comparison {
  readonly model: Scores;
  readonly baselines: readonly (Scores & { readonly name: string })[];
}

/** SSIM is not defined on smaller pictures. */
const ssimWindow = 11;

/**
 * @throws CollectionError when there is nothing to measure, or the two folders don't match
 */
export async function evaluate(
  network: Network,
  { folder, damage }: Evaluation,
  signal: AbortSignal,
  progress: (value: { progress: number }) => void,
): Promise<Comparison> {
  const { paths } = await usablePictures(folder, ssimWindow);
  if (paths.length === 0) throw new CollectionError(`${folder} holds no pictures that can be measured.`);
  const measure = measureOf(damage);
  const others: readonly Baseline[] = baselines(damage);
  const sums = new Map([undefined, ...others].map((method) => [method, new ScoreSum(measure)]));
  for (const [index, path] of paths.entries()) {
    const trial = await trialOf(path, damage, index);
    if (trial.clean.width !== trial.seen.width * network.scale) {
      throw new CollectionError(
        `${basename(path)} should become ${trial.clean.width} pixels wide, but the model would make ${trial.seen.width * network.scale}.`,
      );
    }
    for (const [method, sum] of sums) {
      sum.add(method ? await method.restore(trial) : await restored(network, trial), trial.clean);
      // Networks block the event loop: let a cancel be heard.
      await setImmediate();
      signal.throwIfAborted();
    }
    progress({ progress: (index + 1) / paths.length });
  }
  const mean = (method?: Baseline) => (sums.get(method) ?? new ScoreSum(measure)).mean;
  return { model: mean(), baselines: others.map((method) => ({ name: method.name, ...mean(method) })) };
}

function measureOf(damage: Damage): Pick<Task, 'metric' | 'scale'> {
  const scale = 'scale' in damage ? damage.scale : 1;
  return { scale, metric: scale === 1 ? 'rgb' : 'luminance' };
}

/** A picture and what becomes of it, for the place in its folder. */
export async function trialOf(path: string, damage: Damage, index: number): Promise<Damaged> {
  const clean = planes(await readPhoto(path));
  switch (damage.kind) {
    case 'noise':
      return gaussianTrial(clean, damage.sigma, index);
    case 'jpeg':
      return jpegTrial(clean, damage.quality);
    case 'shrink':
      return bicubicTrial(clean, damage.scale);
    case 'pairs':
      return pairTrial(clean, join(damage.folder, basename(path)), damage);
  }
}

async function pairTrial(
  clean: Planes,
  path: string,
  { scale, sigma }: Extract<Damage, { kind: 'pairs' }>,
): Promise<Damaged> {
  const picture = await decode(path);
  const seen = planes(toPhoto(picture));
  if (clean.width !== seen.width * scale || clean.height !== seen.height * scale) {
    throw new CollectionError(
      `${path} is ${seen.width} x ${seen.height} pixels, which does not fit the clean picture of ${clean.width} x ${clean.height}.`,
    );
  }
  return { seen, clean, sigma: sigma ?? estimateNoise(picture).level };
}

function planes({ rgb, width, height }: Photo): Planes {
  return fromRgb(rgb, width, height);
}
