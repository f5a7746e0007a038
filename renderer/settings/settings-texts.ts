/** Every word of the Settings page. */
import type { Device } from '../../preload/contract.ts';

export const settingsTexts = {
  name: 'Settings',
  sections: { devices: 'Devices', processor: 'Processor', tensorflow: 'TensorFlow' },

  devicesAbout:
    'What networks run on. Each device is compared with the CPU on a piece of every model and on one training step.',
  use: 'Use',
  automatic: 'Automatic',
  automaticAbout: 'The fastest device with right results, for each model and for training by itself.',
  device: 'Device',
  precision: 'Precision',
  precisions: { float32: '32-bit', tf32: 'TF32', float16: '16-bit' } satisfies Record<
    Device['precision'],
    string
  >,
  megapixels: 'MP/s',
  training: 'training',
  steps: 'steps/s',
  wrong: 'wrong',
  tooSlow: 'too slow',
  notMeasured: '–',
  measure: 'Measure',
  measureAgain: 'Measure again',
  measuring: 'Measuring every device, for a few seconds each…',
  measuredOnce: 'Measured once; again when versions or devices change.',
  listing: 'Trying the devices of this computer, one after the other…',
  reading: 'Reading the settings…',

  threads: 'Threads',
  threadsAbout: '0 uses every core of the processor, and fewer of them on battery.',
  stayResponsive: 'Stay responsive while training',
  stayResponsiveAbout: 'Training gives way to whatever else this computer does.',

  tensorflowAbout:
    'A second engine, for an NVIDIA GPU with CUDA 11 and cuDNN 8. Everything works without it. It is large, is downloaded from the npm registry and storage.googleapis.com into a folder of its own, and can be taken away again.',
  install: 'Set up TensorFlow',
  remove: 'Remove TensorFlow',
  installing: 'Installing and trying it; this takes minutes…',
  removing: 'Removing…',
  commandLine: 'The same on the command line:',
  installCommand: 'npm run engine:tensorflow',

  rate: (value: number) => (value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))),
} as const;
