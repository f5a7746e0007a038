/** Every word of the Generate workspace that its views share, and those of Sample. */
import type { Generator, NoveltyVerdict } from '../../preload/contract.ts';

export const generateTexts = {
  name: 'Generate',
  views: {
    sample: 'Sample',
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
    `${size} × ${size} ${channels === 1 ? 'grey' : 'colour'} · ${latent} numbers a picture · learnt from ${pictures.toLocaleString('en')}`,

  seed: 'Seed',
  anotherSeed: 'Other pictures',
  temperature: 'Temperature',
  count: 'Pictures',
  ofClass: 'Class',
  anyClass: 'All in turn',
  samples: 'Samples',
  sample: (number: number) => `Sample ${number}`,
  verdicts: { new: 'new', close: 'close to one', copied: 'copied' } satisfies Record<NoveltyVerdict, string>,
} as const;
