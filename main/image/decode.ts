/** Reads picture files into pixels and metadata. */
import { basename } from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { exifBlock } from './exif.ts';
import { damaged, greySpaces, maxPixels, readHeader } from './header.ts';
import type { Picture, PictureMetadata } from './picture.ts';
import { exifOfTiff } from './tiff-metadata.ts';

/**
 * Decodes a picture file: JPEG, PNG, WebP, TIFF, AVIF or GIF, 8 or 16 bits per channel.
 *
 * Pixels stay in the file's own RGB or grey space; palettes and fewer bits than 8 are expanded to 8, 10 and
 * 12 bits to 16; orientation is applied. Of an animation or a multi-page file the first picture is read, and
 * `note` says so.
 *
 * @throws PictureError as `readHeader` does, and damaged
 */
export async function decode(path: string): Promise<Picture> {
  const { facts, format } = await readHeader(path);
  const pixels = await readPixels(path, facts);
  const metadata = readMetadata(path, facts);
  const pages = facts.pages ?? 1;
  return {
    ...pixels,
    format,
    metadata,
    ...(pages > 1 ? { note: `${basename(path)} holds ${pages} pictures; the first was read.` } : {}),
  };
}

/**
 * Width and height of a picture that `decode` would open, upright, from its header alone.
 *
 * @throws PictureError as `readHeader` does
 */
export async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  const { facts } = await readHeader(path);
  return facts.autoOrient;
}

type Pixels = Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'data'>;

async function readPixels(path: string, header: Metadata): Promise<Pixels> {
  const depth = header.depth === 'ushort' ? 16 : 8;
  const grey = greySpaces.includes(header.space);
  // Raw 8-bit grey output would lose its alpha channel, so that pair travels as RGB + alpha.
  const spread = grey && header.hasAlpha && depth === 8;
  const space = depth === 16 ? (grey ? 'grey16' : 'rgb16') : grey && !spread ? 'b-w' : 'srgb';
  try {
    const { data, info } = await sharp(path, {
      limitInputPixels: maxPixels,
      failOn: 'error',
      ignoreIcc: true,
      autoOrient: true,
    })
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

function readMetadata(path: string, header: Metadata): PictureMetadata {
  const exif = header.exif ? exifBlock(header.exif) : header.format === 'tiff' ? exifOfTiff(path) : undefined;
  return {
    ...(header.icc ? { icc: plain(header.icc) } : {}),
    ...(exif ? { exif } : {}),
    ...(header.xmp ? { xmp: plain(header.xmp) } : {}),
  };
}
