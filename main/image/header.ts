/** What a picture file says of itself before its pixels are read, and what is refused on that account. */
import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { latin1, withReader } from './bytes.ts';
import { coveredPart } from './gif-screen.ts';
import { PictureError } from './picture.ts';
import type { Area } from './tiled-picture.ts';
import type { Size } from './wasm-decoder.ts';

/** Largest picture that is opened, in pixels. */
export const maxPixels = 500_000_000;

/** Names that decoders give to their formats, against ours. */
const formats: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'jpeg'],
  ['png', 'png'],
  ['webp', 'webp'],
  ['tiff', 'tiff'],
  ['gif', 'gif'],
]);

/** Names that decoders give to colour spaces. */
export const greySpaces: readonly string[] = ['b-w', 'grey16'];
const colourSpaces: readonly string[] = ['srgb', 'rgb', 'rgb16'];

/** Decoded files are never read twice, and a cached handle would lock the source on Windows. */
sharp.cache(false);

/** A file whose format and size are known and accepted. */
export interface Header {
  readonly facts: Metadata;
  /** Our name of the format. */
  readonly format: string;
  /** The only part that is not transparent, of a GIF that says no more of it. */
  readonly covered?: Area;
}

/**
 * Reads the header of a picture file that is no camera RAW, and refuses what would not come out right.
 *
 * @throws PictureError with the codes not-a-picture, damaged, too-large, unsupported
 */
export async function readHeader(path: string): Promise<Header> {
  const facts = await readFacts(path);
  const format = refuseUnsupported(path, facts);
  refuseTooLarge(path, facts);
  const covered = format === 'gif' ? withReader(path, (read) => coveredPart(read, facts)) : undefined;
  return covered ? { facts: { ...facts, hasAlpha: true }, format, covered } : { facts, format };
}

/** @throws PictureError with the codes missing, no-permission, empty, not-a-picture, damaged */
export async function refuseUnreadable(path: string): Promise<void> {
  const name = basename(path);
  try {
    const facts = await stat(path);
    if (facts.isDirectory())
      throw new PictureError('not-a-picture', path, `${name} is a folder, not a picture.`);
    if (!facts.isFile()) throw new PictureError('not-a-picture', path, `${name} is not an ordinary file.`);
    if (facts.size === 0) throw new PictureError('empty', path, `${name} is empty (0 bytes).`);
    await (await open(path, 'r')).close();
  } catch (error) {
    throw error instanceof PictureError ? error : readingFailed(path, error);
  }
}

function readingFailed(path: string, error: unknown): PictureError {
  const name = basename(path);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new PictureError('missing', path, `${name} does not exist in ${dirname(path)}.`);
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

async function readFacts(path: string): Promise<Metadata> {
  try {
    return await sharp(path, { limitInputPixels: false, limitInputChannels: 0, failOn: 'error' }).metadata();
  } catch (error) {
    const text = String(error);
    const name = basename(path);
    if (text.includes('unsupported image format')) throw notKnown(path);
    if (/security limit|exceeds|too large/i.test(text))
      throw new PictureError(
        'too-large',
        path,
        `${name} says that it is larger than any picture Relume opens (500 megapixels).`,
      );
    throw damaged(path, text);
  }
}

/** Pictures that are not photographs as a rule, by what their files begin with. */
const notOpened: readonly (readonly [mark: string, name: string])[] = [
  ['BM', 'BMP'],
  ['\0\0\x01\0', 'ICO'],
  ['8BPS', 'Photoshop'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 'JPEG 2000'],
  ['v/1\x01', 'OpenEXR'],
  ['#?RADIANCE', 'Radiance'],
];

function notKnown(path: string): PictureError {
  const head = withReader(path, (read) => latin1(read(0, 16)));
  const known = notOpened.find(([mark]) => head.startsWith(mark));
  return known
    ? new PictureError(
        'unsupported',
        path,
        `${basename(path)} is a ${known[1]} file, a format that Relume does not open.`,
      )
    : new PictureError(
        'not-a-picture',
        path,
        `${basename(path)} is not a picture in a format that Relume knows.`,
      );
}

/** One sentence for a decoder's complaint: its last line, in brackets, says where it gave up. */
export function damaged(path: string, complaint: string): PictureError {
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
  const format = formatOf(header);
  const reason = unsupportedReason(header, format);
  if (format === undefined || reason !== undefined)
    throw new PictureError('unsupported', path, `${basename(path)} ${reason}.`);
  return format;
}

function formatOf({ format, compression }: Metadata): string | undefined {
  if (format === 'heif') return compression === 'av1' ? 'avif' : 'heic';
  return formats.get(format);
}

function unsupportedReason(header: Metadata, format: string | undefined): string | undefined {
  const { space, depth, channels } = header;
  if (format === undefined)
    return `is a ${header.format.toUpperCase()} file, a format that Relume does not open`;
  if (space === 'cmyk') return cmykReason(header);
  if (space.startsWith('lab')) return 'is in Lab colour; convert it to RGB first';
  if (depth !== 'uchar' && depth !== 'ushort')
    return `has ${depth} samples; Relume opens 8 and 16 bits per channel`;
  const colours = greySpaces.includes(space) ? 1 : colourSpaces.includes(space) ? 3 : 0;
  if (colours === 0) return `is in the colour space "${space}"; convert it to RGB first`;
  if (channels !== colours && channels !== colours + 1)
    return `has ${channels} channels, where grey or RGB with at most one alpha channel is expected`;
  return undefined;
}

/** CMYK means nothing without a profile; with one, pixels can be brought to RGB. */
function cmykReason({ hasProfile, depth, channels }: Metadata): string | undefined {
  if (!hasProfile)
    return 'is in CMYK without a colour profile, so that its colours are not known; convert it to RGB first';
  if (depth !== 'uchar' || channels !== 4)
    return 'is in CMYK with more than four channels of 8 bits; convert it to RGB first';
  return undefined;
}

/** @throws PictureError too-large */
export function refuseTooLarge(path: string, { width, height }: Size): void {
  if (width * height <= maxPixels) return;
  const size = `${width.toLocaleString('en')} x ${height.toLocaleString('en')}`;
  throw new PictureError(
    'too-large',
    path,
    `${basename(path)} is ${size} pixels; Relume opens pictures of up to 500 megapixels.`,
  );
}
