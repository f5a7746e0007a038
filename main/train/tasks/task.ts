/** What a network shall learn: pairs of what it sees and what it shall make of it, from clean photos. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { ModelCard, TrainingTask } from '../../../preload/contract.ts';
import type { Planes } from '../../image/planes.ts';
import { artefacts } from './artefacts.ts';
import { denoise } from './denoise.ts';
import { upscale } from './upscale.ts';

/** A picture as the network sees it and as it shall become. */
export interface Damaged {
  readonly seen: Planes;
  /** Its sides are those of `seen` times the task's scale. */
  readonly clean: Planes;
  /** Noise level to tell the network, 8-bit levels, where it takes one. */
  readonly sigma?: number;
}

/** A square of a photo to learn from. */
export interface Sample extends Planes {
  /** The same square of the noisy picture, of pairs. */
  readonly noisy?: Planes;
  /** Estimated noise of the photo, 8-bit levels, where the task asks for it. */
  readonly sigma?: number;
}

export interface Task {
  /** Pixels of the result a side for each pixel that is seen. */
  readonly scale: number;
  /** Pixels of the photo a side for each pixel of the result. */
  readonly cut: 1 | 2;
  /** Clean photos, which may be reduced for variety; pairs with noisy ones; or photos whose own noise is estimated. */
  readonly learnsFrom: 'clean' | 'pairs' | 'noisy';
  /** What its scores are taken over: all three channels, or luminance as for upscalers. */
  readonly metric: 'rgb' | 'luminance';
  /** Damages a square photo at random; sides are multiples of the scale. */
  readonly damage: (photo: Sample, random: RandomGenerator) => Promise<Damaged>;
  /** The damage that held-out photos are measured with: the same seed, the same damage. */
  readonly trial: (photo: Sample, seed: number) => Promise<Damaged>;
  /** How the card tells of that damage. */
  readonly trialFacts: Pick<ModelCard['scores'][number], 'set' | 'sigma' | 'quality'>;
}

export function taskOf(task: TrainingTask): Task {
  switch (task.kind) {
    case 'denoise':
      return denoise[task.noise];
    case 'artefacts':
      return artefacts;
    case 'upscale':
      return upscale(task.scale, task.damage);
  }
}
