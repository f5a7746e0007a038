/** Networks of models/, small enough for a test. */
import { bceWithLogits, l1 } from '../../../../main/engine/losses.ts';
import { type Objective, supervised } from '../../../../main/engine/objective.ts';
import type { NetworkBuilder } from '../../../../main/engine/parameters.ts';
import { autoencoderObjective } from '../../../../main/generate/objective.ts';
import { convolutionalAutoencoder } from '../../../../models/autoencoder.ts';
import { scoped } from '../../../../models/biased-layers.ts';
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

/** On pictures of 8 pixels a side, on which 20 steps have not yet drifted apart. */
function residualOfEight(): Objective {
  const { encode, decode } = convolutionalAutoencoder({ size: 8, channels: 1 });
  const build: NetworkBuilder = (input, parameters) =>
    decode(
      encode(input, undefined, 2, scoped('encoder', parameters)),
      undefined,
      scoped('decoder', parameters),
    );
  const shape = [2, 1, 8, 8];
  return supervised(build, bceWithLogits, { input: shape, target: shape });
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
  { name: 'a residual autoencoder of small pictures', objective: residualOfEight(), slow: true },
  ...smallNetworks.map((network) => ({ name: network.name, objective: supervisedOn(network) })),
];

/** The autoencoders that people train, on pictures of the lesson's size. */
export const residualObjectives: readonly Named[] = (['autoencoder', 'vae'] as const).map((kind) => ({
  name: `a residual ${kind}`,
  objective: autoencoder({ kind, network: 'convolutional' }),
}));
