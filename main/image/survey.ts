/** A quick look at a picture file: enough to judge it as training material, never the whole of a large one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type Capture, captureOf } from './capture.ts';
import { decode } from './decode.ts';
import { toEightBit } from './depth.ts';
import { exifBlock } from './exif.ts';
import { damaged, greySpaces, maxPixels, readHeader, refuseUnreadable } from './header.ts';
import { jpegQuality } from './jpeg-quality.ts';
import type { Picture } from './picture.ts';
import { profileName } from './profile-name.ts';
import { isRaw } from './raw-file.ts';
import { partOf, tiledInMemory } from './tiled-picture.ts';

/** Longest side of the part that is read at full size, from the middle. */
const partSide = 768;
/** Side of the small grey copy. */
export const smallSide = 32;
/** A JPEG's quantization tables stand within its first bytes. */
const headLength = 2 ** 20;

export interface Survey {
  /** Upright, pixels. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** The middle at full size, 8 bits, without alpha. */
  readonly part: Picture;
  /** The whole picture, upright, as 32 x 32 grey levels 0..255. */
  readonly small: Uint8Array;
  /** 1..100, of JPEG files. */
  readonly quality?: number;
  /** Name of the colour profile. */
  readonly profile?: string;
  readonly capture?: Capture;
}

/** @throws PictureError as `readHeader` does, and damaged */
export async function survey(path: string): Promise<Survey> {
  await refuseUnreadable(path);
  if (isRaw(path)) return developedSurvey(path);
  const { facts, format } = await readHeader(path);
  if (format === 'heic') return developedSurvey(path);
  const { sha256, head } = await digest(path);
  const grey = greySpaces.includes(facts.space);
  const { part, small } = await readBoth(path, facts, format, grey).catch((error) => {
    throw damaged(path, String(error));
  });
  const quality = jpegQuality(head);
  const profile = facts.icc && profileName(facts.icc);
  const exif = facts.exif && exifBlock(facts.exif);
  const capture = exif && captureOf(exif);
  return {
    ...facts.autoOrient,
    sha256,
    part,
    small,
    ...(quality !== undefined && { quality }),
    ...(profile !== undefined && { profile }),
    ...(capture !== undefined && { capture }),
  };
}

/** Camera RAW and HEIC, which cannot be read in part. */
async function developedSurvey(path: string): Promise<Survey> {
  const picture = toEightBit(await decode(path));
  const { width, height, channels, data, metadata } = picture;
  const { icc, exif } = metadata;
  const side = middle(width, height);
  const opaque = channels % 2 === 0 ? withoutAlpha(picture) : picture;
  const part = partOf(tiledInMemory(opaque), side);
  const profile = icc && profileName(icc);
  const capture = exif && captureOf(exif);
  return {
    width,
    height,
    sha256: (await digest(path)).sha256,
    part: { ...part, metadata: {} },
    small: await reduced(sharp(data, { raw: { width, height, channels } }).removeAlpha()),
    ...(profile !== undefined && { profile }),
    ...(capture !== undefined && { capture }),
  };
}

function withoutAlpha(picture: Picture): Picture {
  const { channels, data } = picture;
  const colours = channels === 2 ? 1 : 3;
  return { ...picture, channels: colours, data: data.filter((_, i) => i % channels < colours) };
}

async function digest(path: string): Promise<{ sha256: string; head: Uint8Array }> {
  const hash = createHash('sha256');
  let head: Uint8Array | undefined;
  for await (const bytes of createReadStream(path, { highWaterMark: headLength })) {
    hash.update(bytes);
    head ??= bytes;
  }
  return { sha256: hash.digest('hex'), head: head ?? new Uint8Array() };
}

const reading = { limitInputPixels: maxPixels, failOn: 'error', ignoreIcc: true } as const;

/** A picture that is read whole anyway is decoded once. */
async function readBoth(path: string, facts: Metadata, format: string, grey: boolean) {
  const part = await readPart(path, facts, format, grey);
  const whole = part.width === facts.autoOrient.width && part.height === facts.autoOrient.height;
  const { width, height, channels } = part;
  const small = whole
    ? sharp(part.data, { raw: { width, height, channels } })
    : // JPEG and WebP are decoded at a fraction of their size.
      sharp(path, reading).autoOrient().removeAlpha();
  return { part, small: await reduced(small) };
}

async function readPart(path: string, facts: Metadata, format: string, grey: boolean): Promise<Picture> {
  const { width, height } = facts;
  const whole = Math.max(width, height) <= partSide;
  const file = sharp(path, reading);
  const { data, info } = await (whole ? file.autoOrient() : file.extract(middle(width, height)))
    .removeAlpha()
    .toColourspace(grey ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 1 ? 1 : 3;
  return { width: info.width, height: info.height, channels, depth: 8, data, format, metadata: {} };
}

function middle(width: number, height: number) {
  const size = { width: Math.min(width, partSide), height: Math.min(height, partSide) };
  return { ...size, left: (width - size.width) >> 1, top: (height - size.height) >> 1 };
}

async function reduced(picture: Sharp): Promise<Uint8Array> {
  const small = await picture
    .resize(smallSide, smallSide, { fit: 'fill' })
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();
  return new Uint8Array(small);
}
