/** Every word of the Train view of Generate. */
import type {
  Fit,
  GeneratorKind,
  GeneratorRunSummary,
  LossName,
  PresetName,
  Recipe,
} from '../../../preload/contract.ts';
import { count, trainingTexts } from '../../training/training-texts.ts';

export const generatorTrainingTexts = {
  ...trainingTexts,
  explainTitle: 'Learn from pictures, draw new ones',
  explained:
    'An encoder sums each picture up in a few numbers, a decoder draws it anew from these alone. Both learn until the ' +
    'drawing is like the picture. A variational one also learns where the numbers lie, so that numbers thrown like dice ' +
    'give pictures that never were.',
  steps: ['Collection', 'What it learns', 'Run', 'Draw'],

  lead: 'Pictures of one kind, taken alike: the more they have in common, the better it draws. Hundreds are a start, thousands are good.',
  sum: (usable: number) => `${count(usable)} ${usable === 1 ? 'picture' : 'pictures'}`,
  tryDigits: 'Try digits',
  digits: (pictures: number | undefined) =>
    pictures === undefined ? 'Handwritten digits' : `${count(pictures)} handwritten digits`,
  digitsAbout:
    'Of MNIST, 28 × 28 pixels: what most lessons on autoencoders begin with. A few minutes are enough.',
  otherPictures: 'Other pictures',
  classes: (names: readonly string[]) => `Sorted into ${names.length} classes: ${names.join(', ')}`,

  modelLater: 'How large, in colour or not, and for how long: chosen to suit your pictures.',
  willDraw: ({ size, channels, latent }: Pick<Recipe, 'size' | 'channels' | 'latent'>) =>
    `Draws ${size} × ${size} pixels ${channels === 1 ? 'in grey' : 'in colour'}, from ${latent} numbers a picture.`,
  trainFor: (minutes: number, steps: number) => {
    if (steps > 0) return `Train for ${count(steps)} steps`;
    return `Train for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  },
  noClasses: 'A conditional model needs classes: put the pictures of each class into a folder of its own.',
  digitsAreSmall: 'The digits are grey and 28 pixels a side: choose these.',

  kind: 'Kind',
  kinds: {
    autoencoder: 'Autoencoder',
    vae: 'Variational autoencoder',
    cvae: 'Conditional VAE, told a class',
    aae: 'Adversarial autoencoder',
  } satisfies Record<GeneratorKind, string>,
  kindAbout: {
    autoencoder: 'Sums pictures up and draws them again: good for maps; what it draws from dice is rough.',
    vae: 'Presses the numbers into the shape of dice throws, so that new pictures can be drawn.',
    cvae: 'The same, and told the class: draws new pictures of the folder that you choose.',
    aae: 'A second network, a critic, presses the numbers into shape: sharper, and harder to train.',
  } satisfies Record<GeneratorKind, string>,
  preset: 'Preset',
  noPreset: 'None',
  presets: {
    convolutional: 'Convolutional autoencoder',
    denoising: 'Denoising autoencoder',
    'super-resolution': 'From 14 to 28 pixels',
    'dense-vae': 'Dense VAE',
    'convolutional-vae': 'Convolutional VAE',
  } satisfies Record<PresetName, string>,
  presetAbout: 'The networks that most lessons begin with, for grey pictures of 28 pixels.',
  size: 'Size',
  sizes: (size: number) => `${size} × ${size}`,
  sizeAbout: 'Of what it draws. Twice the size takes about four times as long.',
  colour: 'Colour',
  colours: { 1: 'Grey', 3: 'Colour' },
  colourAbout: 'Grey learns faster, and has only shapes to learn.',
  fit: 'Made square',
  fits: { centre: 'The middle', smart: 'Where the eye goes', pad: 'All of it, with bars' } satisfies Record<
    Fit,
    string
  >,
  fitAbout: 'What is taken of a picture that is no square.',
  latent: 'Numbers a picture',
  latentAbout: 'Two can be laid out as a map; more keep more detail.',
  loss: 'Likeness',
  losses: {
    mse: 'Squared error (MSE)',
    l1: 'Absolute error (L1)',
    bce: 'Cross-entropy (BCE)',
    charbonnier: 'Charbonnier',
    ssim: 'Structure (SSIM)',
    features: 'Learned features',
  } satisfies Record<LossName, string>,
  beta: 'Beta',
  betaAbout: 'How strongly the numbers are pressed into shape: high draws new ones well, low redraws well.',
  warmUp: 'Warm-up',
  warmUpAbout: 'Share of the training over which beta rises from 0, so that it learns to draw first.',
  freeNats: 'Free nats',
  freeNatsAbout: 'What each number may tell before it is pressed: keeps numbers from falling silent.',
  percent: '%',

  quiet: 'Pictures it draws as it gets better, the curves, the time left.',
  start: 'The first drawings come after a few steps…',
  rows: {
    originals: 'Pictures it never learnt from',
    reconstructions: 'Drawn from their numbers',
    samples: 'Drawn from dice, always the same throw',
  },
  reconstruction: 'Error of the drawing',
  kl: 'What the numbers tell, nats',
  discriminator: 'How wrong the critic is',
  deception: 'How well the critic is not deceived',
  curvesAbout: 'Line: while it learns. Dots: pictures it never learnt from.',
  curve: (title: string) => (from: number, to: number) =>
    `${title}: ${from.toPrecision(3)} at first, ${to.toPrecision(3)} now.`,
  active: (active: number, latent: number) => `${Math.round(active)} of ${latent} numbers in use`,
  heldOut: (training: number, heldOut: number) =>
    `${count(training)} pictures to learn from, ${count(heldOut)} to measure on`,

  drawLater: 'New pictures, one press away once it has learnt.',
  draw: 'Draw with it',
  drawAbout: 'Sample, Reconstruct, Plane, Interpolate, Map and Arithmetic have it from now on.',

  ofPictures: ({ source, training, heldOut }: GeneratorRunSummary) => {
    const name = source.kind === 'digits' ? 'Handwritten digits' : source.folder;
    return training > 0 ? `${name} · learns from ${count(training)}, measured on ${count(heldOut)}` : name;
  },
  ofRecipe: ({ kind, size, channels, latent }: Recipe) =>
    `${generatorKind(kind)} · ${size} × ${size} ${channels === 1 ? 'grey' : 'colour'} · ${latent} numbers a picture`,
} as const;

function generatorKind(kind: GeneratorKind): string {
  return generatorTrainingTexts.kinds[kind];
}
