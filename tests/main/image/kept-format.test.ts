import { expect, it } from 'vitest';
import { keptFormat, keptFormatNote } from '../../../main/image/kept-format.ts';

it.each([
  ['jpeg', 8, 3, 'jpeg', ''],
  ['tiff', 16, 3, 'tiff', ''],
  ['raw', 16, 3, 'tiff', 'Copies are saved as TIFF unless another format is chosen.'],
  ['heic', 8, 3, 'jpeg', 'Copies are saved as JPEG unless another format is chosen.'],
  ['heic', 8, 4, 'tiff', 'Copies are saved as TIFF unless another format is chosen.'],
  ['heic', 16, 3, 'tiff', 'Copies are saved as TIFF unless another format is chosen.'],
  ['gif', 8, 4, 'png', 'Copies are saved as PNG unless another format is chosen.'],
] as const)('%s of %i bits in %i channels is kept as %s', (format, depth, channels, kept, note) => {
  expect(keptFormat({ format, depth, channels })).toBe(kept);
  expect(keptFormatNote({ format, depth, channels })).toBe(note);
});
