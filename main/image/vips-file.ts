/** Pixels in a file of libvips' own format: a header of 64 bytes, then the samples as they are, row by row. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Picture, PictureError } from './picture.ts';
import { type Area, emptySamples, type PictureShape, type TiledPicture } from './tiled-picture.ts';

const headerLength = 64;
/** As little-endian machines write it. */
const magic = 0xb6a6f208;
/** Names of sample formats and of colour spaces, by number (VipsBandFormat, VipsInterpretation). */
const formats = { 8: 0, 16: 2 } as const;
const spaces = { grey8: 1, colour8: 22, colour16: 25, grey16: 26 } as const;

/** What the header says. */
type Stored = Pick<Picture, 'width' | 'height' | 'channels' | 'depth'>;

function headerOf({ width, height, channels, depth }: Stored): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32BE(magic, 0);
  const space = spaces[`${channels <= 2 ? 'grey' : 'colour'}${depth}`];
  [width, height, channels, depth, formats[depth], 0, space].forEach((value, i) => {
    header.writeInt32LE(value, 4 + 4 * i);
  });
  // Pixels a millimetre, which nobody asks for, but which must not be 0.
  header.writeFloatLE(1, 32);
  header.writeFloatLE(1, 36);
  return header;
}

/** @throws {Error} for samples that are neither 8 nor 16 bits, or other than 1 to 4 channels */
function readHeaderOf(file: number): Stored {
  const header = Buffer.alloc(headerLength);
  readSync(file, header, 0, headerLength, 0);
  const [width = 0, height = 0, channels = 0, , format] = [4, 8, 12, 16, 20].map((at) =>
    header.readInt32LE(at),
  );
  const depth = format === formats[8] ? 8 : 16;
  if (header.readUInt32BE(0) !== magic || format !== formats[depth] || !isCount(channels))
    throw new Error(`Expected 1 to 4 channels of 8 or 16 bits but received ${channels} of format ${format}.`);
  return { width, height, channels, depth };
}

const isCount = (channels: number): channels is Picture['channels'] => channels >= 1 && channels <= 4;

/** A file with pixels that stays open until `close`. */
export interface VipsFile {
  readonly picture: TiledPicture;
  close(): void;
}

/** Opens what libvips has written. */
export function openVipsFile(path: string, about: Omit<PictureShape, keyof Stored>): VipsFile {
  const file = openSync(path, 'r+');
  return vipsFile(path, file, { ...about, ...readHeaderOf(file) });
}

/** Makes a new file for a black picture. */
export function newVipsFile(path: string, shape: PictureShape): VipsFile {
  const file = openSync(path, 'wx+');
  writeSync(file, headerOf(shape), 0, headerLength, 0);
  ftruncateSync(file, headerLength + shape.width * shape.height * bytesPerPixel(shape));
  return vipsFile(path, file, shape);
}

export function noRoom(path: string): PictureError {
  return new PictureError(
    'disk-full',
    path,
    `The disk is full: while a large picture is worked on, its pixels lie in ${dirname(path)}.`,
  );
}

const bytesPerPixel = ({ channels, depth }: Stored) => (channels * depth) / 8;

/** As `readSync` and `writeSync` are called. */
type Transfer = (file: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

function vipsFile(path: string, file: number, shape: PictureShape): VipsFile {
  const { width, height } = shape;
  const bytes = bytesPerPixel(shape);
  /** Moves rows, or all of them at once where they follow each other. */
  const move = (area: Area, samples: Picture['data'], transfer: Transfer) => {
    const pieces = area.width === width ? 1 : area.height;
    const length = (area.width * area.height * bytes) / pieces;
    const view = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    for (let piece = 0; piece < pieces; piece++) {
      const at = headerLength + ((area.top + piece) * width + area.left) * bytes;
      for (let done = 0; done < length; ) {
        const moved = transfer(file, view, piece * length + done, length - done, at + done);
        if (moved === 0) throw new Error(`${path} ends before its pixels do.`);
        done += moved;
      }
    }
  };
  const read = (area: Area) => {
    const samples = emptySamples(shape, area);
    move(area, samples, readSync);
    return samples;
  };
  const picture: TiledPicture = {
    ...shape,
    file: path,
    read,
    write: (area, samples) => {
      try {
        move(area, samples, writeSync);
      } catch (error) {
        throw error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? noRoom(path) : error;
      }
    },
    whole: () => ({ ...shape, data: read({ left: 0, top: 0, width, height }) }),
  };
  return { picture, close: () => closeSync(file) };
}
