/** Small pictures written together: as one sheet, or as an animation. */
import sharp, { type Sharp } from 'sharp';
import type { interpolationFormats } from '../../preload/contract.ts';

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
  const { size } = frames;
  const pixels = new Uint8Array(size * size * 3);
  drawFrame(frames, index, pixels, size, 0, 0);
  return raw(pixels, size, size).png().toBuffer();
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

function raw(pixels: Uint8Array, width: number, height: number): Sharp {
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
