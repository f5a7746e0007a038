/** Pixels and metadata of the formats whose headers sharp reads. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { builtInProfile } from './built-in-profiles.ts';
import { type ReadAt, withReader } from './bytes.ts';
import { exifBlock } from './exif.ts';
import { damaged, greySpaces, type Header, maxPixels } from './header.ts';
import { heifColour } from './heif-colour.ts';
import { readJpegMetadata } from './jpeg-metadata.ts';
import { type Picture, PictureError, type PictureMetadata } from './picture.ts';
import { readPngMetadata } from './png-metadata.ts';
import { readTiffMetadata } from './tiff-metadata.ts';
import { noRoom } from './vips-file.ts';
import type { Pixels } from './wasm-decoder.ts';
import { wasmPixels } from './wasm-decoding.ts';

/**
 * Decodes a file whose header has been accepted.
 *
 * @throws PictureError damaged; unsupported for colours that nothing else would show right
 */
export async function decodeAccepted(path: string, header: Header): Promise<Picture> {
  const about = await aboutPixels(path, header);
  const { facts, format } = header;
  const pixels = await (format === 'heic' ? heicPixels(path, facts) : sharpPixels(path, header));
  return { ...pixels, ...about };
}

/** A picture but for its pixels and their number. */
export type DecodedFacts = Pick<Picture, 'depth' | 'channels' | 'format' | 'metadata' | 'note'>;

/**
 * Decodes such a file, but HEIC, into one of libvips' own format; JPEG, PNG and TIFF a few rows at a time.
 *
 * @throws PictureError as `decodeAccepted` does, and disk-full
 */
export async function decodeIntoFile(path: string, header: Header, file: string): Promise<DecodedFacts> {
  const about = await aboutPixels(path, header);
  const { channels, depth } = decodedShape(header);
  try {
    await upright(path, header).toColourspace(spaceOf(header.facts)).toFile(file);
  } catch (error) {
    if (/no space left/i.test(String(error))) throw noRoom(file);
    throw damaged(path, String(error));
  }
  return { channels, depth, ...about };
}

/** Size and samples that the pixels will have. */
export function decodedShape({ facts }: Header): Omit<Pixels, 'data'> {
  const colours = greySpaces.includes(facts.space) ? 1 : 3;
  const channels = colours === 1 ? (facts.hasAlpha ? 2 : 1) : facts.hasAlpha ? 4 : 3;
  return { ...facts.autoOrient, channels, depth: facts.depth === 'ushort' ? 16 : 8 };
}

async function aboutPixels(path: string, { facts, format }: Header) {
  const profile = await profileOf(path, facts);
  const note = noteOn(path, facts);
  return {
    format,
    metadata: { ...readMetadata(path, facts), ...(profile ? { icc: profile } : {}) },
    ...(note === '' ? {} : { note }),
  };
}

function heicPixels(path: string, { depth }: Metadata): Promise<Pixels> {
  return wasmPixels({ decoder: 'heic', path, deep: depth === 'ushort' });
}

async function sharpPixels(path: string, header: Header): Promise<Pixels> {
  const { facts } = header;
  const depth = facts.depth === 'ushort' ? 16 : 8;
  const own = spaceOf(facts);
  // Raw 8-bit grey output would lose its alpha channel, so that pair travels as RGB + alpha.
  const spread = own === 'b-w' && facts.hasAlpha;
  const space = spread ? 'srgb' : own;
  try {
    const { data, info } = await upright(path, header)
      .toColourspace(space)
      .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const samples = depth === 16 ? asUint16(data) : plain(data);
    const { width, height, channels } = info;
    return spread && samples instanceof Uint8Array
      ? { width, height, depth, channels: 2, data: greyAndAlpha(samples) }
      : { width, height, depth, channels, data: samples };
  } catch (error) {
    throw damaged(path, String(error));
  }
}

/** libvips' name for the colours of the pixels. */
function spaceOf({ space, depth }: Metadata): string {
  const grey = greySpaces.includes(space);
  return depth === 'ushort' ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb';
}

/** The pixels as they stand in the file; those of CMYK as its profile shows them in sRGB. */
function upright(path: string, { facts, covered }: Header): Sharp {
  const pixels = sharp(path, {
    limitInputPixels: maxPixels,
    failOn: 'error',
    ignoreIcc: facts.space !== 'cmyk',
    autoOrient: true,
  });
  if (!covered) return pixels;
  const { left, top, width, height } = covered;
  const around = { left, top, right: facts.width - left - width, bottom: facts.height - top - height };
  return pixels.extract(covered).extend({ ...around, background: { r: 0, g: 0, b: 0, alpha: 0 } });
}

/** The same bytes without Buffer's own meaning of `slice`. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asUint16(bytes: Uint8Array): Uint16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

/** Keeps the first and the last of every four channels. */
function greyAndAlpha(rgba: Uint8Array): Uint8Array {
  const pairs = new Uint8Array(rgba.length / 2);
  for (let from = 0, to = 0; to < pairs.length; from += 4, to += 2) {
    pairs[to] = rgba[from] as number;
    pairs[to + 1] = rgba[from + 3] as number;
  }
  return pairs;
}

/** The profile of the pixels that are given; undefined for sRGB without one. */
async function profileOf(path: string, { space, icc, format }: Metadata): Promise<Uint8Array | undefined> {
  if (space === 'cmyk') return builtInProfile('srgb');
  if (icc) return plain(icc);
  if (format !== 'heif') return undefined;
  const colour = withReader(path, (read) => heifColour(read, statSync(path).size));
  if (colour === 'p3') return builtInProfile('p3');
  if (colour !== 'srgb')
    throw new PictureError(
      'unsupported',
      path,
      `${basename(path)} is in ${colour === 'hdr' ? 'HDR' : 'BT.2020'} colour without a colour profile; convert it to sRGB or Display P3 first.`,
    );
  return undefined;
}

const otherMetadata: Readonly<Record<string, (read: ReadAt) => PictureMetadata>> = {
  jpeg: readJpegMetadata,
  png: readPngMetadata,
  tiff: readTiffMetadata,
};

function readMetadata(path: string, header: Metadata): PictureMetadata {
  const other = otherMetadata[header.format];
  const exif = header.exif && exifBlock(header.exif);
  return {
    ...(other ? withReader(path, other) : {}),
    ...(exif ? { exif } : {}),
    ...(header.xmp ? { xmp: plain(header.xmp) } : {}),
  };
}

function noteOn(path: string, { pages = 1, space, format }: Metadata): string {
  const name = basename(path);
  return [
    ...(pages > 1
      ? [`${name} holds ${pages} pictures; the ${format === 'heif' ? 'main one' : 'first'} was read.`]
      : []),
    ...(space === 'cmyk'
      ? [`${name} is in CMYK; its colours were converted to sRGB through its profile.`]
      : []),
  ].join(' ');
}
