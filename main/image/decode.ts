/** Reads picture files into pixels and metadata. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { exifBlock } from './exif.ts';
import { type Picture, PictureError, type PictureMetadata } from './picture.ts';
import { exifOfTiff } from './tiff-metadata.ts';

/** Largest picture that is opened, in pixels. */
const maxPixels = 500_000_000;

/** Names that decoders give to their formats, against ours. */
const formats: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'jpeg'],
  ['png', 'png'],
  ['webp', 'webp'],
  ['tiff', 'tiff'],
  ['gif', 'gif'],
  ['heif', 'avif'],
]);

const greySpaces: readonly string[] = ['b-w', 'grey16'];
const colourSpaces: readonly string[] = ['srgb', 'rgb', 'rgb16'];

/** Decoded files are never read twice, and a cached handle would lock the source on Windows. */
sharp.cache(false);

/**
 * Decodes a picture file: JPEG, PNG, WebP, TIFF, AVIF or GIF, 8 or 16 bits per channel.
 *
 * Pixels stay in the file's own RGB or grey space; palettes and fewer bits than 8 are expanded to 8, 10 and
 * 12 bits to 16; orientation is applied. Of an animation or a multi-page file the first picture is read, and
 * `note` says so.
 *
 * @throws PictureError with the codes missing, no-permission, empty, not-a-picture, damaged, too-large,
 *   unsupported
 */
export async function decode(path: string): Promise<Picture> {
  await refuseUnreadable(path);
  const header = await readHeader(path);
  const format = refuseUnsupported(path, header);
  refuseTooLarge(path, header);
  const pixels = await readPixels(path, header);
  const metadata = readMetadata(path, header);
  const pages = header.pages ?? 1;
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
 * @throws PictureError as `decode` does for what a header can show
 */
export async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  await refuseUnreadable(path);
  const header = await readHeader(path);
  refuseUnsupported(path, header);
  refuseTooLarge(path, header);
  return header.autoOrient;
}

async function refuseUnreadable(path: string): Promise<void> {
  const name = basename(path);
  try {
    const file = await open(path, 'r');
    const facts = await file.stat().finally(() => file.close());
    if (facts.isDirectory())
      throw new PictureError('not-a-picture', path, `${name} is a folder, not a picture.`);
    if (!facts.isFile()) throw new PictureError('not-a-picture', path, `${name} is not an ordinary file.`);
    if (facts.size === 0) throw new PictureError('empty', path, `${name} is empty (0 bytes).`);
  } catch (error) {
    throw error instanceof PictureError ? error : readingFailed(path, error);
  }
}

function readingFailed(path: string, error: unknown): PictureError {
  const name = basename(path);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new PictureError('missing', path, `${name} does not exist in that folder.`);
  if (code === 'EISDIR')
    return new PictureError('not-a-picture', path, `${name} is a folder, not a picture.`);
  if (code === 'EACCES' || code === 'EPERM')
    return new PictureError('no-permission', path, `${name} cannot be read: permission was denied.`);
  return new PictureError(
    'damaged',
    path,
    `${name} cannot be read from the disk (${code || String(error)}).`,
  );
}

async function readHeader(path: string): Promise<Metadata> {
  try {
    return await sharp(path, { limitInputPixels: false, limitInputChannels: 0, failOn: 'error' }).metadata();
  } catch (error) {
    const text = String(error);
    const name = basename(path);
    if (text.includes('unsupported image format'))
      throw new PictureError(
        'not-a-picture',
        path,
        `${name} is not a picture in a format that Relume knows.`,
      );
    if (/security limit|exceeds|too large/i.test(text))
      throw new PictureError(
        'too-large',
        path,
        `${name} says that it is larger than any picture Relume opens (500 megapixels).`,
      );
    throw damaged(path, text);
  }
}

/** One sentence for a decoder's complaint: its last line, in brackets, says where it gave up. */
function damaged(path: string, complaint: string): PictureError {
  const name = basename(path);
  if (/premature end|truncat|end of (file|stream|data)|not enough data|Unexpected end/i.test(complaint))
    return new PictureError('damaged', path, `${name} is damaged: the file ends before the picture does.`);
  const detail =
    complaint
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*?: /, '')
      .trim() ?? '';
  const known = detail !== '' && !/unknown error|corrupt header/i.test(detail);
  return new PictureError(
    'damaged',
    path,
    `${name} is damaged and cannot be decoded${known ? ` (${detail})` : ''}.`,
  );
}

/** Refuses by name what would not come out right; returns our name for the file's format. */
function refuseUnsupported(path: string, header: Metadata): string {
  const format = formats.get(header.format);
  const reason = unsupportedReason(header, format);
  if (format === undefined || reason !== undefined)
    throw new PictureError('unsupported', path, `${basename(path)} ${reason}.`);
  return format;
}

function unsupportedReason(header: Metadata, format: string | undefined): string | undefined {
  const { space, depth, channels } = header;
  if (format === undefined)
    return `is a ${header.format.toUpperCase()} file, a format that Relume does not open`;
  if (header.format === 'heif' && header.compression !== 'av1')
    return 'is a HEIC file, a format that Relume does not open yet';
  if (space === 'cmyk') return 'is in CMYK, for print; convert it to RGB first';
  if (space.startsWith('lab')) return 'is in Lab colour; convert it to RGB first';
  if (depth !== 'uchar' && depth !== 'ushort')
    return `has ${depth} samples; Relume opens 8 and 16 bits per channel`;
  const colours = greySpaces.includes(space) ? 1 : colourSpaces.includes(space) ? 3 : 0;
  if (colours === 0) return `is in the colour space "${space}"; convert it to RGB first`;
  if (channels !== colours && channels !== colours + 1)
    return `has ${channels} channels, where grey or RGB with at most one alpha channel is expected`;
  return undefined;
}

function refuseTooLarge(path: string, { width, height }: Metadata): void {
  if (width * height <= maxPixels) return;
  const size = `${width.toLocaleString('en')} x ${height.toLocaleString('en')}`;
  throw new PictureError(
    'too-large',
    path,
    `${basename(path)} is ${size} pixels; Relume opens pictures of up to 500 megapixels.`,
  );
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
    const samples = depth === 16 ? asUint16(data) : data;
    const { width, height, channels } = info;
    return spread && samples instanceof Uint8Array
      ? { width, height, depth, channels: 2, data: greyAndAlpha(samples) }
      : { width, height, depth, channels, data: samples };
  } catch (error) {
    throw damaged(path, String(error));
  }
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
    ...(header.icc ? { icc: header.icc } : {}),
    ...(exif ? { exif } : {}),
    ...(header.xmp ? { xmp: header.xmp } : {}),
  };
}
