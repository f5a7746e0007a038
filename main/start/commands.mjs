/** The first words that are commands of the command line, not files to open. */
export const commands = [
  'artefacts',
  'dataset',
  'denoise',
  'devices',
  'engine',
  'evaluate',
  'generate',
  'help',
  'models',
  'restore',
  'serve',
  'train',
  'upscale',
];
