/** Networks of models/, small enough for a test. */
import { bceWithLogits, l1 } from '../../../../main/engine/losses.ts';
import { type Objective, supervised } from '../../../../main/engine/objective.ts';
import type { NetworkBuilder } from '../../../../main/engine/parameters.ts';
import { autoencoderObjective } from '../../../../main/generate/objective.ts';
import { denoiser } from '../../../../models/denoiser.ts';
import { upscaler } from '../../../../models/upscaler.ts';
import { type Recipe, recipeDefaults } from '../../../../preload/contract.ts';

export interface SmallNetwork {
  readonly name: string;
  readonly build: NetworkBuilder;
  /** [N, C, H, W] */
  readonly input: readonly number[];
  readonly scale: number;
}

const unet = { channels: [3, 4], blocks: 1 };

export const smallNetworks: readonly SmallNetwork[] = [
  {
    name: 'a denoiser that is told the level',
    build: denoiser({ ...unet, noiseMap: true }),
    input: [2, 4, 8, 4],
    scale: 1,
  },
  {
    name: 'a denoiser that is not',
    build: denoiser({ ...unet, noiseMap: false }),
    input: [2, 3, 4, 8],
    scale: 1,
  },
  ...[2, 3, 4].map((scale) => ({
    name: `an upscaler by ${scale}`,
    build: upscaler({ scale, channels: 4, blocks: 1 }),
    input: [2, 3, 4, 3],
    scale,
  })),
];

function supervisedOn({ build, input, scale }: SmallNetwork): Objective {
  const [n = 1, , h = 1, w = 1] = input;
  return supervised(build, l1, { input, target: [n, 3, h * scale, w * scale] });
}

/** An autoencoder of models/ with the loss that it is trained with, on two small grey pictures. */
function autoencoder(recipe: Pick<Recipe, 'kind' | 'network'> & Partial<Recipe>): Objective {
  const small: Pick<Recipe, 'size' | 'channels' | 'latent' | 'batch' | 'classes'> = {
    size: 28,
    channels: 1,
    latent: 2,
    batch: 2,
    classes: [],
  };
  return autoencoderObjective({ ...recipeDefaults, ...small, ...recipe }, bceWithLogits);
}

interface Named {
  readonly name: string;
  readonly objective: Objective;
  /** Takes long in pure JavaScript. */
  readonly slow?: true;
}

/** Networks of models/ with what they are trained to do; those of millions of parameters take too long here. */
export const smallObjectives: readonly [Named, ...Named[]] = [
  {
    name: "the lesson's autoencoder of convolutions",
    objective: autoencoder({ kind: 'autoencoder', network: 'lesson-convolutional' }),
    slow: true,
  },
  {
    name: "the lesson's super-resolution",
    objective: autoencoder({ kind: 'autoencoder', network: 'lesson-super-resolution', corruption: 'reduce' }),
    slow: true,
  },
  ...smallNetworks.map((network) => ({ name: network.name, objective: supervisedOn(network) })),
];
