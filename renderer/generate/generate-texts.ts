/** Every word of the Generate workspace that its views share, and those of Sample. */
import type { Generator, NoveltyVerdict } from '../../preload/contract.ts';

export const generateTexts = {
  name: 'Generate',
  views: {
    train: 'Train',
    sample: 'Sample',
    reconstruct: 'Reconstruct',
    plane: 'Plane',
    interpolate: 'Interpolate',
    map: 'Map',
    arithmetic: 'Arithmetic',
  },
  viewsLabel: 'Views of the model',
  model: 'Model',
  noModel: 'There is no model to draw with yet.',
  loading: 'Looking for models…',
  facts: ({ size, channels, latent, pictures }: Generator) =>
    `${size} × ${size} ${channels === 1 ? 'grey' : 'colour'} · ${latent} numbers a picture · learnt from ${pictures.toLocaleString('en')} pictures`,

  whatIsThis: 'What is this?',
  closeExplanation: 'Close the explanation',
  panel: 'What is drawn',

  sampleTitle: 'Pictures that never were',
  sampleExplained: ({ latent }: Generator) =>
    `The model has learnt to draw a picture from ${latent} numbers. Throw dice for the numbers, and it draws one that nobody has taken. ` +
    'The same seed throws the same numbers. Press a picture for others like it.',
  seed: 'Seed',
  seedAbout: 'Where the dice begin: the same seed draws the same pictures again.',
  anotherSeed: 'Draw others',
  temperature: 'Temperature',
  temperatureAbout: 'Low: the usual, much alike. High: more daring, and more mistakes.',
  distance: 'How different',
  distanceAbout: 'Low: nearly the same picture. High: nearly any.',
  count: 'Pictures',
  ofClass: 'Class',
  anyClass: 'All in turn',
  samples: 'Samples',
  sample: (number: number) => `Sample ${number}`,
  vary: (number: number) => `Variations of sample ${number}`,
  varyAbout: 'Draw variations of this',
  variations: 'Variations of this',
  backToAll: 'Back to all',

  novelty: 'Is it new?',
  noveltyWaits: 'Looking through the collection…',
  noveltyHint:
    'Below each sample is the picture it learnt from that is nearest to it. Press that to compare.',
  verdicts: { new: 'new', close: 'close', copied: 'copied', unlike: 'unlike' } satisfies Record<
    NoveltyVerdict,
    string
  >,
  verdictAbout: {
    new: 'as different from the collection as pictures it has never seen',
    close: 'to one of its pictures',
    copied: 'from one of its pictures',
    unlike: 'any of its pictures: train longer, or lower the temperature',
  } satisfies Record<NoveltyVerdict, string>,
  nearestOf: (number: number, verdict: string) =>
    `Sample ${number} is ${verdict}: compare with the nearest picture`,
  nearestAbout: (name: string) => `Nearest in the collection: ${name}`,
  drawnNow: 'Drawn now',
  noveltyAbout: (novelty: number) =>
    `${novelty.toFixed(2)} times as far from it as its own nearest neighbour in the collection is.`,

  reconstructTitle: 'There and back',
  reconstructExplained: ({ latent, size, channels }: Generator) =>
    `The encoder sums a picture up in ${latent} numbers, the decoder draws it anew from these alone: ${latent} in place of ${(size * size * channels).toLocaleString('en')}. ` +
    'What it draws well, it has understood. Show it something it has never met, and it draws what it knows.',
  reconstructPanel: 'What is reconstructed',
  shownBefore: 'Pictures shown so far',
  asSeen: 'As the model sees it',
  asDrawn: 'Drawn from the numbers',
  difference: (gain: number) => (gain === 1 ? 'Difference' : `Difference × ${gain}`),
  amplified: 'Difference amplified',
  choosePicture: 'Choose a picture',
  orDrop: 'Or drop pictures anywhere.',
  showLearnt: 'One it has learnt from',
  showForeign: 'A portrait',
  toldClass: 'Class it is told',
  fittingClass: 'What fits best',
  howUnusual: 'How unusual is it?',
  errorAbout: (mse: number, unusual: number) =>
    `Error ${mse.toFixed(4)}: of 100 pictures it has never seen, it draws ${Math.round(100 * unusual)} better.`,
  errorOfDull: (mse: number) =>
    `Its error, ${mse.toFixed(4)}, is small only because the picture has so little contrast.`,
  errorScaleAbout: 'The bar is where the errors of nine in ten such pictures lie; the line is this one.',
  remoteness: (remoteness: number) =>
    `Its numbers lie ${remoteness.toFixed(1)} times as far from the middle as usual.`,

  save: 'Save',
  kept: (count: number) => `Kept: ${count}`,
  keep: (number: number) => `Keep sample ${number}`,
  keepAbout: 'Keep it',
  keepHint: 'Keep single pictures with the bookmark on them, or save all that are shown.',
  unkeep: (number: number) => `Let go of kept picture ${number}`,
  unkeepAbout: 'Let go of it',
  enlargeWith: 'Enlarge with',
  noEnlarging: (size: number) => `Nothing: ${size} × ${size}`,
  enlarged: (name: string, size: number) => `${name}: ${size} × ${size}`,
  enlargedAlt: 'The first of them, enlarged',
  saveFiles: (count: number) => (count === 1 ? 'Save picture' : `Save ${count} pictures`),
  saveGrid: 'Save as one grid',
  savedFiles: (files: readonly string[]) => {
    const [first = ''] = files;
    return files.length === 1 ? `Saved ${fileName(first)}` : `Saved ${files.length} pictures`;
  },
  reveal: (shell: 'electron' | 'web', index: number, count: number) => {
    if (shell === 'electron') return 'Show in folder';
    return count === 1 ? 'Download' : `Download ${index + 1}`;
  },
} as const;

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
