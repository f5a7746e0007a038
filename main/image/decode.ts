/** Reads picture files into pixels and metadata. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { builtInProfile } from './built-in-profiles.ts';
import { withReader } from './bytes.ts';
import { readHeader, refuseTooLarge, refuseUnreadable } from './header.ts';
import { keptFormatNote } from './kept-format.ts';
import type { Picture } from './picture.ts';
import { isRaw } from './raw-file.ts';
import { readRawMetadata } from './raw-metadata.ts';
import type { Scratch } from './scratch.ts';
import { type DecodedFacts, decodeAccepted, decodedShape, decodeIntoFile } from './sharp-decoding.ts';
import type { TiledPicture } from './tiled-picture.ts';
import type { Size } from './wasm-decoder.ts';
import { rawSize, wasmPixels } from './wasm-decoding.ts';

/**
 * Decodes a picture file: JPEG, PNG, WebP, TIFF, AVIF, GIF, HEIC or camera RAW.
 *
 * Pixels stay in the file's own RGB or grey space; palettes and fewer bits than 8 are expanded to 8, 10 and
 * 12 bits to 16; orientation is applied. Camera RAW is developed, and CMYK converted through its profile.
 * `note` says so, and also which picture was read of several, and what copies are saved as where RAW, HEIC
 * and GIF cannot be written.
 *
 * @throws PictureError with the codes missing, no-permission, empty, not-a-picture, damaged, too-large,
 *   unsupported
 */
export async function decode(path: string): Promise<Picture> {
  await refuseUnreadable(path);
  return noted(await (isRaw(path) ? developed(path) : decodeAccepted(path, await readHeader(path))));
}

/**
 * As `decode`, with the pixels in memory only where they are few, or come from a decoder that knows no other way.
 *
 * @throws PictureError as `decode` does, and disk-full
 */
export async function decodeTiled(path: string, scratch: Scratch): Promise<TiledPicture> {
  await refuseUnreadable(path);
  if (isRaw(path)) return scratch.hold(noted(await developed(path)));
  const header = await readHeader(path);
  if (header.format === 'heic' || !scratch.isLarge(decodedShape(header)))
    return scratch.hold(noted(await decodeAccepted(path, header)));
  const file = scratch.newFile();
  return scratch.open(file, noted(await decodeIntoFile(path, header, file)));
}

/** With what copies are saved as, where that is not the picture's own format. */
function noted<T extends DecodedFacts>(picture: T): T {
  const note = [picture.note, keptFormatNote(picture)].filter(Boolean).join(' ');
  return note === '' ? picture : { ...picture, note };
}

/**
 * Width and height of a picture that `decode` would open, upright, from its header alone.
 *
 * @throws PictureError as `decode` does
 */
export async function pictureSize(path: string): Promise<Size> {
  await refuseUnreadable(path);
  if (!isRaw(path)) return (await readHeader(path)).facts.autoOrient;
  const size = await rawSize(path);
  refuseTooLarge(path, size);
  return size;
}

async function developed(path: string): Promise<Picture> {
  const [pixels, icc, { size }] = await Promise.all([
    wasmPixels({ decoder: 'raw', path, want: 'pixels' }),
    builtInProfile('p3'),
    stat(path),
  ]);
  return {
    ...pixels,
    format: 'raw',
    metadata: { icc, ...withReader(path, (read) => readRawMetadata(read, size)) },
    note: `${basename(path)} was developed with the camera's white balance, at the exposure as shot.`,
  };
}
