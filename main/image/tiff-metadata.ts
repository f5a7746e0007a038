/** Metadata of TIFF files, whose EXIF stands among the picture's own tags (TIFF 6.0; Exif 3.0 section 4.6). */
import { closeSync, openSync, readSync } from 'node:fs';
import { concatBytes } from './bytes.ts';
import type { PictureMetadata } from './picture.ts';
import { type ReadAt, readDirectory, type Tag, writeDirectory } from './tag-directory.ts';

/** Tags about how pixels are laid out: orientation and the three of resolution. */
const layout: readonly number[] = [0x0112, 0x011a, 0x011b, 0x0128];

/** Tags about the photograph: description, camera, software, date, artist, rating, copyright, Exif, GPS, XP*. */
const descriptive: readonly number[] = [
  0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x4746, 0x4749, 0x8298, 0x8769, 0x8825, 0x9c9b, 0x9c9c,
  0x9c9d, 0x9c9e, 0x9c9f,
];
const xmpTag = 0x02bc;
const iccTag = 0x8773;

/** 'II', 42, and the first directory right behind. */
const header = new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0]);

/** The tags of a TIFF file that describe the photograph, as an EXIF block; undefined when there are none. */
export function exifOfTiff(path: string): Uint8Array | undefined {
  const file = openSync(path, 'r');
  try {
    const tags = firstDirectory((offset, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    });
    if (!tags.some(({ tag }) => descriptive.includes(tag))) return undefined;
    return concatBytes([header, writeDirectory(tags, header.length)]);
  } finally {
    closeSync(file);
  }
}

/** The describing tags of a TIFF structure's first directory; none when it is no plain TIFF. */
function firstDirectory(read: ReadAt): Tag[] {
  const start = read(0, 8);
  if (start.length < 8) return [];
  const little = start[0] === 0x49;
  const view = new DataView(start.buffer, start.byteOffset, 8);
  if (view.getUint16(2, little) !== 42) return [];
  const tags = readDirectory(read, view.getUint32(4, little), little);
  return tags.filter(({ tag }) => descriptive.includes(tag) || layout.includes(tag));
}

/**
 * The TIFF with the metadata added: its first directory is written again, behind the picture.
 *
 * @param tiff an encoded little-endian TIFF of one picture, without metadata of its own
 */
export function withTiffMetadata(tiff: Uint8Array, { exif, xmp, icc }: PictureMetadata): Uint8Array {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const own = readDirectory(reader(tiff), view.getUint32(4, true), true);
  const added = [
    ...(exif ? firstDirectory(reader(exif)) : []),
    ...(xmp ? [{ tag: xmpTag, type: 1, count: xmp.length, value: xmp }] : []),
    ...(icc ? [{ tag: iccTag, type: 7, count: icc.length, value: icc }] : []),
  ];
  const kept = own.filter(({ tag }) => !added.some((other) => other.tag === tag));
  const end = tiff.length + (tiff.length % 2);
  const whole = concatBytes([
    tiff,
    new Uint8Array(tiff.length % 2),
    writeDirectory([...kept, ...added], end),
  ]);
  new DataView(whole.buffer).setUint32(4, end, true);
  return whole;
}

function reader(bytes: Uint8Array): ReadAt {
  return (offset, length) => bytes.subarray(offset, offset + length);
}
