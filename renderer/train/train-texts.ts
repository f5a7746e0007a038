/** Every word of the Train workspace. */
import type { NoiseKind, TrainingTask } from '../../preload/contract.ts';
import { count, trainingTexts } from '../training/training-texts.ts';

export const trainTexts = {
  ...trainingTexts,
  name: 'Train',
  steps: ['Collection', 'Task', 'Start from', 'Run', 'Verdict', 'Use'],

  collectionLead: 'Pictures like those you want to restore, as clean and sharp as you have them.',
  sum: (usable: number, megapixels: number, patches: number) =>
    `${count(usable)} ${usable === 1 ? 'picture' : 'pictures'} · ${megapixels < 10 ? megapixels.toFixed(1) : count(Math.round(megapixels))} megapixels · ${count(patches)} patches`,

  taskLead: 'What the model shall undo, shown on your own picture.',
  tasks: {
    gaussian: 'Noise of any kind',
    camera: 'Camera noise',
    artefacts: 'JPEG artefacts',
    upscale: 'Small size',
    pairs: 'Real pairs',
    'noisy-only': 'Noisy pictures only',
  },
  taskAbout: {
    gaussian: 'White noise of every strength: the most general.',
    camera: 'Noise as cameras make it, through demosaicking and JPEG.',
    artefacts: 'JPEG of every quality from 10 to 80.',
    upscale: 'Makes pictures larger, with detail as in yours.',
    pairs: 'You have every scene twice: clean, and as noisy as it comes.',
    'noisy-only':
      'There are no clean ones, as of stars, cells or scans: it learns what neighbouring pixels agree on.',
  },
  scale: 'Larger by',
  times: (scale: number) => `${scale}×`,
  shrink: 'Made small',
  shrinks: { bicubic: 'cleanly', photo: 'as found: blurred, noisy, compressed' },
  strengths: { gaussian: 'Noise level', jpeg: 'Quality', camera: 'Exposure' },
  pairsFolder: 'Folder of the noisy pictures',
  pairsFind: 'Find pairs',
  pairsAbout: 'Named like the clean ones, of the same size and from the same place.',
  pairing: 'Comparing every pair…',
  pairsFound: (pairs: number) => `${count(pairs)} ${pairs === 1 ? 'pair fits' : 'pairs fit'}.`,
  pairsRefused: (pictures: number) => `${count(pictures)} without a partner`,
  noisyOnlyAbout:
    'Choose pictures in which noise differs from pixel to pixel, as from a sensor. It cannot see noise that JPEG has spread. Its figures compare noisy neighbours, so they stay low: only their change counts.',
  onlyShown: 'For this view only: training uses all strengths.',
  damaged: 'Damaged',
  asItIs: 'Your picture',

  start: 'Start from',
  scratch: 'Nothing: from scratch',
  startAbout: {
    model: 'Adapts a trained model to your pictures. Minutes are enough.',
    scratch: 'Learns everything anew: hours on a graphics card, days on a processor.',
  },
  size: 'Network',
  sizes: { fast: 'Fast', best: 'Best, three times slower' },
  sizeAbout: 'A larger network can learn more, given time.',

  taskLater: 'Noise, JPEG artefacts or small size: shown on your own pictures.',
  startLater: 'A trained model, or nothing; and for how long.',
  quiet: 'Crops of your pictures as they get better, the curves, the time left.',
  before: 'Damaged',
  now: 'Restored now',
  split: 'Split between damaged and restored',
  crop: (number: number) => `Held-out crop ${number}`,
  psnr: 'Held-out PSNR: higher is better',
  lossAbout: (from: number, to: number) => `Loss: ${from.toFixed(4)} at first, ${to.toFixed(4)} now.`,
  psnrAbout: (from: number, to: number) =>
    `Held-out PSNR: ${from.toFixed(2)} dB at first, ${to.toFixed(2)} dB now.`,
  ofPhotos: (folder: string, training: number, heldOut: number) =>
    training > 0 ? `${folder} · trained on ${count(training)}, measured on ${count(heldOut)}` : folder,
  gain: (gain: number) => `${gain >= 0 ? '+' : '−'}${Math.abs(gain).toFixed(2)} dB since the start`,

  verdictLater: 'When training is done, it is measured on pictures it never saw, beside what you had.',
  method: 'Method',
  meanPsnr: 'PSNR',
  meanSsim: 'SSIM',
  methodKinds: { new: 'this model', start: 'started from', bundled: 'bundled', classical: 'classical' },
  perPicture: (pictures: number) => `Each of the ${pictures} pictures`,
  picture: 'Picture',
  kept: 'It is kept, but not the one to use by default.',

  useLater: 'One press away once there is a verdict.',
  use: 'Open in Restore',
  show: { electron: 'Show model.onnx in its folder', web: 'Download model.onnx' },
  showCard: { electron: 'Show its card', web: 'Download its card' },
  usable: 'It is in the list of models, and a plain ONNX file with its card for everything else.',

  taskName,
} as const;

const noiseNames: Readonly<Record<NoiseKind, string>> = {
  gaussian: 'Noise',
  camera: 'Camera noise',
  pairs: 'Noise, from pairs',
  'noisy-only': 'Noise, from noisy pictures',
};

function taskName(task: TrainingTask): string {
  if (task.kind === 'denoise') return noiseNames[task.noise];
  return task.kind === 'artefacts' ? 'JPEG artefacts' : `${task.scale}× larger`;
}
