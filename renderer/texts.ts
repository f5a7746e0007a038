/** Every word the window shows, in one place, so that another language is another such file. */
export const texts = {
  app: 'Relume',
  restore: 'Restore',
  device: 'Device',
  deviceAuto: 'Automatic',
  keys: 'Keys',

  empty: 'Drop noisy photos here.',
  choose: 'Choose photos',
  sample: 'Try a sample',
  add: 'Add photos',
  dropNow: 'Drop to open',
  opening: 'Opening…',
  cannotStart: 'Relume could not start',
  cannotOpen: (count: number) => (count === 1 ? 'Not opened' : `${count} files not opened`),
  didNotWork: 'That did not work',
  unreadable: 'It could not be read; it may have been moved or removed.',
  dismiss: 'Dismiss',

  pictures: 'Pictures',
  closePicture: (name: string) => `Close ${name}`,
  sigma: (sigma: number) => `sigma ${level(sigma)}`,
  saved: 'Saved',
  saving: 'Saving',
  failed: 'Failed',
  waiting: 'Waiting',

  viewer: 'Viewer',
  viewerOf: (name: string, zoom: string) => `${name} at ${zoom}. Arrow keys move the picture.`,
  before: 'Before',
  after: 'After',
  original: 'Original',
  holdOriginal: 'Hold to see the original',
  split: 'Split between before and after',
  splitValue: (share: number) => `${percent(share)} before, ${percent(1 - share)} after`,
  viewTools: 'View',
  fit: 'Fit',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoom: 'Zoom',
  proof: 'Grey surround',

  panel: 'What will be done',
  denoise: 'Denoise',
  denoising: 'Denoising',
  denoiseProgress: (progress: number) => `Denoising ${percent(progress)}`,
  denoiseAgain: 'Denoise again',
  previewStopped: 'Denoising stopped',
  previewFailed: 'Denoising failed',
  pixelsLost: 'Its pixels could not be shown.',
  previewReady: 'Denoised',
  cancel: 'Cancel',
  noiseLevel: 'Noise level',
  noiseEstimated: (sigma: number) => `sigma ${level(sigma)} estimated`,
  noiseChanged: (sigma: number) => `Estimated: ${level(sigma)}`,
  useEstimate: 'Use it',
  strength: 'Strength',
  model: 'Model',

  saveAs: 'Save as',
  format: 'Format',
  formats: {
    jpeg: 'JPEG',
    png: 'PNG',
    tiff: 'TIFF',
    webp: 'WebP',
    avif: 'AVIF',
  },
  keepFormat: (format: string) => `Keep ${format}`,
  quality: 'Quality',
  removeMetadata: 'Remove metadata',
  save: 'Save a copy',
  saveProgress: (progress: number) => `Saving ${percent(progress)}`,
  saveQuiet: 'A new file; the original stays as it is.',
  saveFailed: 'Not saved',
  saveCancelled: 'Saving was cancelled; no file was written.',
  show: { electron: 'Show in folder', web: 'Download' },

  percent,
  level,
  timeLeft,
  facts: (width: number, height: number, depth: number, format: string) =>
    `${width} × ${height} · ${depth}-bit · ${format}`,

  keyList: [
    ['Choose photos', 'Ctrl O'],
    ['Save a copy', 'Ctrl S'],
    ['Previous, next picture', '↑ ↓'],
    ['Close the picture (in the strip)', 'Delete'],
    ['See the original', 'hold B'],
    ['Move the split line (on it)', '← →'],
    ['Zoom in, out', '+ −'],
    ['Fit the window', '0'],
    ['100 %, 200 %', '1, 2'],
    ['Move the picture (in the viewer)', '← ↑ → ↓'],
    ['Grey surround', 'G'],
    ['These keys', '?'],
  ],
} as const;

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A noise level, to the half. */
function level(sigma: number): string {
  return String(Math.round(sigma * 2) / 2);
}

function timeLeft(seconds: number): string {
  if (seconds < 1.5) return 'a moment left';
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  return `${Math.round(seconds / 60)} min left`;
}
