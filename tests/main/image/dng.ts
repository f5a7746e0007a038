/** Camera RAW with known pixels: an uncompressed Bayer mosaic in a DNG (Adobe DNG 1.7). */
import { type Tag, writeDirectory } from '../../../main/image/tag-directory.ts';

/** XYZ (D65) to linear sRGB (IEC 61966-2-1): the sensor of this camera sees sRGB's primaries. */
const xyzToSensor = [
  ...[3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556],
  ...[0.0556434, -0.2040259, 1.0572252],
];

export interface Shot {
  readonly width: number;
  readonly height: number;
  /** The scene's light, linear sRGB, 0..1. */
  readonly light: (x: number, y: number) => readonly [number, number, number];
  /** How strongly the sensor's red, green and blue respond to white: what white balance undoes. */
  readonly neutral?: readonly [number, number, number];
  /** What the file says of its size, where that is not true. */
  readonly claimed?: { readonly width: number; readonly height: number };
  /** EXIF orientation. */
  readonly orientation?: number;
}

const black = 512;
const white = 16_000;

/** The bytes of a DNG of the shot, red pixel first (RGGB). */
export function dng(shot: Shot): Uint8Array {
  const { width, height, light, neutral = [1, 1, 1], orientation = 1, claimed = shot } = shot;
  const mosaic = Buffer.alloc(width * height * 2);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const c = (x % 2) + (y % 2);
      const value = (light(x, y)[c] ?? 0) * (neutral[c] ?? 1);
      mosaic.writeUInt16LE(Math.round(black + value * (white - black)), (y * width + x) * 2);
    }
  const tags = (offset: number) => [
    long(254, 0),
    long(256, claimed.width),
    long(257, claimed.height),
    short(258, 16),
    short(259, 1),
    short(262, 32_803),
    text(271, 'Relume'),
    text(272, 'Test'),
    long(273, offset),
    short(274, orientation),
    short(277, 1),
    long(278, claimed.height),
    long(279, mosaic.length),
    text(33_432, 'Nobody'),
    short(33_421, 2, 2),
    bytes(33_422, 0, 1, 1, 2),
    bytes(50_706, 1, 4, 0, 0),
    text(50_708, 'Relume Test'),
    short(50_714, black),
    long(50_717, white),
    rational(50_721, 10, xyzToSensor),
    rational(50_728, 5, neutral),
    short(50_778, 21),
    { ...long(0x8769, 0), directory: [rational(0x829a, 5, [1 / 125]), bytes(0x927c, 1, 2, 3, 4, 5, 6)] },
  ];
  const header = [0x49, 0x49, 42, 0, 8, 0, 0, 0];
  const length = 8 + writeDirectory(tags(0), 8).length;
  return Buffer.concat([Buffer.from(header), writeDirectory(tags(length), 8), mosaic]);
}

function tagOf(tag: number, type: number, count: number, size: number, fill: (into: Buffer) => void): Tag {
  const value = Buffer.alloc(size);
  fill(value);
  return { tag, type, count, value };
}

const bytes = (tag: number, ...values: number[]): Tag =>
  tagOf(tag, 1, values.length, values.length, (into) => into.set(values));

const short = (tag: number, ...values: number[]): Tag =>
  tagOf(tag, 3, values.length, values.length * 2, (into) => {
    for (const [i, value] of values.entries()) into.writeUInt16LE(value, i * 2);
  });

const long = (tag: number, value: number): Tag => tagOf(tag, 4, 1, 4, (into) => into.writeUInt32LE(value));

const text = (tag: number, value: string): Tag =>
  tagOf(tag, 2, value.length + 1, value.length + 1, (into) => into.write(value, 'latin1'));

const rational = (tag: number, type: 5 | 10, values: readonly number[]): Tag =>
  tagOf(tag, type, values.length, values.length * 8, (into) => {
    for (const [i, value] of values.entries()) {
      into.writeInt32LE(Math.round(value * 1e6), i * 8);
      into.writeInt32LE(1e6, i * 8 + 4);
    }
  });
