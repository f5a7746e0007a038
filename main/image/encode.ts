/** Writes pixels and metadata into picture files. */
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { OutputFormat, SaveOptions } from '../../preload/contract.ts';
import { type Content, concatBytes, contentOf, withReader } from './bytes.ts';
import { eightBitCopy, toEightBit } from './depth.ts';
import { uprightExif, uprightXmp, withoutThumbnail } from './exif.ts';
import { maxPixels } from './header.ts';
import { withJpegMetadata } from './jpeg-metadata.ts';
import { withoutThumbnails } from './photoshop.ts';
import { type Picture, PictureError, type PictureMetadata } from './picture.ts';
import { withPngMetadata } from './png-metadata.ts';
import type { Scratch } from './scratch.ts';
import { withTiffMetadata } from './tiff-metadata.ts';
import type { PictureShape, TiledPicture } from './tiled-picture.ts';
import { withWebpMetadata } from './webp-metadata.ts';
import { writeNewFile } from './write-new-file.ts';

/** A format that can be written, 'keep' resolved. */
export type WrittenFormat = Exclude<OutputFormat, 'keep'>;

export interface EncodeOptions {
  readonly format: WrittenFormat;
  /** For JPEG, WebP and AVIF, 1..100. */
  readonly quality: number;
  /** Colours of JPEG and AVIF: 4:4:4, for every pixel, by default. */
  readonly chroma?: SaveOptions['chroma'];
  /** Leaves EXIF, XMP, IPTC and comments out. The colour profile stays: without it colours would change. */
  readonly stripMetadata: boolean;
}

/** Formats that hold 16 bits (AVIF: 10) per channel. */
const deepFormats: readonly WrittenFormat[] = ['png', 'tiff', 'avif'];

/** Pixels a side that a format, or what writes it, takes at most. */
const mostASide: Readonly<Partial<Record<WrittenFormat, number>>> = {
  jpeg: 65_500,
  webp: 16_383,
  avif: 16_384,
};

/** As many as the largest picture that is opened has when it is four times as large, a side. */
const mostPixels = 16 * maxPixels;

/** Memory that encoders take which need the whole picture at once, bytes a pixel: measured on 24 megapixels. */
const bytesPerPixel: Readonly<Partial<Record<WrittenFormat, number>>> = { webp: 16, avif: 40 };

/**
 * @param memory of the machine, bytes, of which encoding may take half
 * @throws PictureError too-large where a picture of that size cannot be written in the format
 */
export function refuseUnfit(
  { width, height }: Pick<PictureShape, 'width' | 'height'>,
  path: string,
  format: WrittenFormat,
  memory = totalmem(),
): void {
  const size = `${width} x ${height} pixels`;
  const refused = (reason: string) =>
    new PictureError(
      'too-large',
      path,
      `${basename(path)} was not written: ${size} ${reason}; choose PNG or TIFF.`,
    );
  if (width * height > mostPixels)
    throw new PictureError(
      'too-large',
      path,
      `${basename(path)} was not written: ${size} are more than the ${mostPixels / 1e6} megapixels that Relume writes; choose a smaller size.`,
    );
  const most = mostASide[format] ?? Number.POSITIVE_INFINITY;
  if (Math.max(width, height) > most)
    throw refused(`do not fit into a ${format} file, which holds ${most} a side`);
  const needed = width * height * (bytesPerPixel[format] ?? 0);
  if (needed > memory / 2)
    throw refused(`would take ${Math.ceil(needed / 2 ** 30)} GB of memory to write as ${format}`);
}

/**
 * Encodes a picture: JPEG and AVIF in 4:4:4 unless 4:2:0 is chosen, PNG and TIFF without loss, WebP in its 4:2:0.
 *
 * The depth is kept where the format can: 16 bits in PNG and TIFF, 10 in AVIF, 8 elsewhere. The metadata is
 * put into the encoded file byte for byte, but for the orientation, which is 1 because pixels are upright, and
 * for thumbnails, which would show the old picture. (In AVIF the encoder writes the EXIF block anew. IPTC has
 * no place in WebP and AVIF.) JPEG has no transparency: it is laid on white.
 *
 * @param path the file that errors speak of
 * @throws PictureError too-large when the format cannot hold so many pixels a side; write-failed otherwise
 */
export async function encode(picture: Picture, path: string, options: EncodeOptions): Promise<Uint8Array> {
  const fitting = deepFormats.includes(options.format) ? picture : toEightBit(picture);
  return concatBytes([...(await encoded(fitting, path, options, inMemory))]);
}

/** What sharp makes of a picture. */
type Finished = (pipeline: Sharp) => Promise<Content>;

const inMemory: Finished = async (pipeline) => contentOf(await pipeline.toBuffer());

async function encoded(
  picture: Source,
  path: string,
  options: EncodeOptions,
  finished: Finished,
): Promise<Iterable<Uint8Array>> {
  refuseUnfit(picture, path, options.format);
  try {
    return await encoders[options.format](picture, fittingMetadata(picture, options), options, finished);
  } catch (error) {
    throw encodingFailed(path, options.format, error);
  }
}

function encodingFailed(path: string, format: WrittenFormat, error: unknown): PictureError {
  const text = error instanceof Error ? error.message.trim() : String(error);
  const message = `${basename(path)} was not written: ${format} encoding failed (${text}).`;
  return new PictureError('write-failed', path, message);
}

/**
 * Encodes a picture and writes it under the first of the names that is free.
 *
 * @param paths names in one folder, in the order of preference; at least one
 * @returns the name taken
 * @throws PictureError as `encode` and `writeNewFile` do
 */
export async function savePicture(
  picture: Picture,
  paths: readonly string[],
  options: EncodeOptions,
): Promise<string> {
  return writeNewFile(paths, await encode(picture, paths[0] ?? '', options));
}

/**
 * As `savePicture`, for pictures in files too.
 *
 * @param scratch room for the encoded file of a large picture
 */
export async function saveTiled(
  picture: TiledPicture,
  paths: readonly string[],
  options: EncodeOptions,
  scratch: Scratch,
): Promise<string> {
  if (picture.file === undefined) return savePicture(picture.whole(), paths, options);
  const fitting = deepFormats.includes(options.format) ? picture : eightBitCopy(picture, scratch.blank);
  const file = scratch.newFile();
  const inFile: Finished = async (pipeline) => {
    const { size } = await pipeline.toFile(file);
    return { length: size, read: (from, length) => withReader(file, (read) => read(from, length)) };
  };
  return writeNewFile(paths, await encoded(fitting, paths[0] ?? '', options, inFile));
}

/** The metadata as it fits the new picture: for upright pixels, and without thumbnails of the old one. */
function fittingMetadata(picture: PictureShape, { format, stripMetadata }: EncodeOptions): PictureMetadata {
  const { metadata, width, height } = picture;
  const { icc, exif, xmp, photoshop, own, pngColour } = metadata;
  const profile = { ...(icc ? { icc } : {}), ...(pngColour ? { pngColour } : {}) };
  if (stripMetadata) return profile;
  return {
    ...profile,
    ...(exif ? { exif: withoutThumbnail(uprightExif(exif, width, height)) } : {}),
    ...(xmp ? { xmp: uprightXmp(xmp) } : {}),
    ...(photoshop ? { photoshop: withoutThumbnails(photoshop) } : {}),
    ...(own && picture.format === format ? { own } : {}),
  };
}

/** Pixels in memory, or in a file of libvips' own format. */
type Source = PictureShape & { readonly data?: Picture['data']; readonly file?: string };

type Encoder = (
  picture: Source,
  metadata: PictureMetadata,
  options: EncodeOptions,
  finished: Finished,
) => Promise<Iterable<Uint8Array>>;

const encoders: Readonly<Record<WrittenFormat, Encoder>> = {
  async jpeg(picture, metadata, { quality, chroma = '4:4:4' }, finished) {
    const opaque = hasAlpha(picture) ? pipeline(picture).flatten({ background: '#fff' }) : pipeline(picture);
    // Huffman tables made for the picture take a second pass over coefficients of six bytes a pixel: 0.4 s of
    // processor time instead of 0.11 for 12 megapixels, for files that are 2 % smaller.
    const coding = { chromaSubsampling: chroma, optimiseCoding: false };
    return withJpegMetadata(await finished(opaque.jpeg({ quality, ...coding })), metadata);
  },
  async png(picture, metadata, _, finished) {
    return withPngMetadata(await finished(pipeline(picture).png({ adaptiveFiltering: true })), metadata);
  },
  async tiff(picture, metadata, _, finished) {
    const tiff = pipeline(picture).tiff({ compression: 'deflate', predictor: 'horizontal' });
    return withTiffMetadata(await finished(tiff), metadata);
  },
  async webp(picture, metadata, { quality }) {
    const webp = await pipeline(picture).webp({ quality, smartSubsample: true }).toBuffer();
    return [withWebpMetadata(webp, metadata, { ...picture, alpha: hasAlpha(picture) })];
  },
  async avif(picture, metadata, { quality, chroma = '4:4:4' }) {
    // Its boxes refer to each other by offsets, so the metadata goes in through a file that can carry it.
    const png = await inMemory(pipeline(picture).png({ compressionLevel: 0 }));
    const carrier = concatBytes([...withPngMetadata(png, metadata)]);
    const avif = sharp(carrier, { limitInputPixels: false })
      .toColourspace(colourSpace(picture))
      .keepMetadata()
      // Effort 4, the default, takes over ten times as long for 5 % smaller files.
      .avif({ quality, effort: 2, chromaSubsampling: chroma, bitdepth: picture.depth === 16 ? 10 : 8 });
    return [await avif.toBuffer()];
  },
};

/** The picture's samples as they are, without any conversion of colour. */
function pipeline(picture: Source): Sharp {
  const { data, file, width, height, channels } = picture;
  const source = data
    ? sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    : sharp(file, { limitInputPixels: false, sequentialRead: true });
  return source.toColourspace(colourSpace(picture));
}

function colourSpace({ channels, depth }: PictureShape): string {
  if (channels <= 2) return depth === 16 ? 'grey16' : 'b-w';
  return depth === 16 ? 'rgb16' : 'srgb';
}

function hasAlpha({ channels }: PictureShape): boolean {
  return channels % 2 === 0;
}
