import { expect, it } from 'vitest';
import { keptFormat, keptFormatNote } from '../../../main/image/kept-format.ts';

it.each([
  ['jpeg', 8, 'jpeg', ''],
  ['tiff', 16, 'tiff', ''],
  ['raw', 16, 'tiff', 'Copies are saved as TIFF unless another format is chosen.'],
  ['heic', 8, 'jpeg', 'Copies are saved as JPEG unless another format is chosen.'],
  ['heic', 16, 'tiff', 'Copies are saved as TIFF unless another format is chosen.'],
  ['gif', 8, 'png', 'Copies are saved as PNG unless another format is chosen.'],
] as const)('%s of %i bits is kept as %s', (format, depth, kept, note) => {
  expect(keptFormat({ format, depth })).toBe(kept);
  expect(keptFormatNote({ format, depth })).toBe(note);
});
