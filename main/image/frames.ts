/** Small pictures written together: as one sheet, or as an animation. */
import sharp, { type Sharp } from 'sharp';
import type { interpolationFormats } from '../../preload/contract.ts';
import type { Picture } from './picture.ts';

/** Pictures of one size, in planes. */
export interface Frames {
  readonly size: number;
  /** 1 grey, 3 RGB. */
  readonly channels: number;
  readonly count: number;
  /** [count, channels, size, size], 8 bits */
  readonly values: Uint8Array;
}

/** One picture as PNG. */
export function framePng(frames: Frames, index: number): Promise<Buffer> {
  const { width, height, data } = framePicture(frames, index);
  return raw(data, width, height).png().toBuffer();
}

/** One picture as RGB. */
export function framePicture(frames: Frames, index: number): Picture {
  const { size } = frames;
  const data = new Uint8Array(size * size * 3);
  drawFrame(frames, index, data, size, 0, 0);
  return { width: size, height: size, channels: 3, depth: 8, data, format: 'png', metadata: {} };
}

/** Pictures of 8 bits and one size in rows. @param pictures at least one */
export function pictureSheet(pictures: readonly Picture[], columns: number): Picture {
  const [first] = pictures;
  if (!first) throw new RangeError('Expected at least one picture.');
  const { width, height, channels } = first;
  const line = width * channels;
  const rows = Math.ceil(pictures.length / columns);
  const data = new Uint8Array(columns * line * rows * height);
  for (const [index, picture] of pictures.entries()) {
    const corner = Math.floor(index / columns) * height * columns * line + (index % columns) * line;
    for (let y = 0; y < height; y++) {
      data.set(picture.data.subarray(y * line, (y + 1) * line), corner + y * columns * line);
    }
  }
  return { ...first, width: columns * width, height: rows * height, data };
}

/**
 * All pictures in rows as one PNG.
 *
 * @param fast packs less, for what is shown once
 */
export function sheetPng(frames: Frames, columns: number, { fast = false } = {}): Promise<Buffer> {
  const { size, count } = frames;
  const width = columns * size;
  const height = Math.ceil(count / columns) * size;
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < count; index++) {
    const [row, column] = [Math.floor(index / columns), index % columns];
    drawFrame(frames, index, pixels, width, column * size, row * size);
  }
  return raw(pixels, width, height)
    .png({ compressionLevel: fast ? 1 : 6 })
    .toBuffer();
}

/** Formats that hold moving pictures. */
export type AnimationFormat = Exclude<(typeof interpolationFormats)[number], 'png'>;

/** The pictures one after the other, for ever. @param delay milliseconds a picture */
export function animation(frames: Frames, format: AnimationFormat, delay: number): Promise<Buffer> {
  const { size, count } = frames;
  const pixels = new Uint8Array(size * size * 3 * count);
  for (let index = 0; index < count; index++) drawFrame(frames, index, pixels, size, 0, index * size);
  const stack = sharp(pixels, {
    raw: { width: size, height: size * count, channels: 3, pageHeight: size },
    limitInputPixels: false,
  });
  const delays = Array.from({ length: count }, () => delay);
  return format === 'gif'
    ? stack.gif({ delay: delays, loop: 0 }).toBuffer()
    : stack.webp({ delay: delays, loop: 0, quality: 90 }).toBuffer();
}

function raw(pixels: Picture['data'], width: number, height: number): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

/** Interleaves one picture into a larger one that is `width` pixels wide. */
function drawFrame(
  { size, channels, values }: Frames,
  index: number,
  into: Uint8Array,
  width: number,
  left: number,
  top: number,
): void {
  const plane = size * size;
  for (let i = 0; i < plane; i++) {
    const at = ((top + Math.floor(i / size)) * width + left + (i % size)) * 3;
    for (let c = 0; c < 3; c++) {
      into[at + c] = values[(index * channels + Math.min(c, channels - 1)) * plane + i] ?? 0;
    }
  }
}
