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

export interface Task {
  /** Pixels of the result a side for each pixel that is seen. */
  readonly scale: number;
  /** What its scores are taken over: all three channels, or luminance as for upscalers. */
  readonly metric: 'rgb' | 'luminance';
  /** Damages a square photo at random; sides are multiples of the scale. */
  readonly damage: (photo: Planes, random: RandomGenerator) => Promise<Damaged>;
  /** The damage that held-out photos are measured with: the same seed, the same damage. */
  readonly trial: (photo: Planes, seed: number) => Promise<Damaged>;
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
