/** Moves samples between pictures and the float planes of a network. */
import type { Picture } from '../image/picture.ts';
import type { Span } from './tiles.ts';

/** What the network sees of a picture. */
export interface Window {
  readonly x: Span;
  readonly y: Span;
  readonly width: number;
  readonly height: number;
}

/**
 * Fills the first three planes of [1, 3 or more, height, width] with the picture's colours, 0..1.
 *
 * Beyond the right and bottom edges the picture is reflected without repeating its edge.
 */
export function readWindow(picture: Picture, { x, y, width, height }: Window, into: Float32Array): void {
  const { data, channels } = picture;
  const scale = picture.depth === 16 ? 1 / 65_535 : 1 / 255;
  const plane = width * height;
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  const inside = Math.min(width, picture.width - x.start);
  for (let row = 0; row < height; row++) {
    const line = reflected(y.start + row, picture.height) * picture.width;
    let to = row * width;
    let at = (line + x.start) * channels;
    for (const end = to + inside; to < end; to++, at += channels) {
      into[to] = (data[at] as number) * scale;
      into[to + plane] = (data[at + green] as number) * scale;
      into[to + 2 * plane] = (data[at + blue] as number) * scale;
    }
    for (let column = inside; column < width; column++, to++) {
      at = (line + reflected(x.start + column, picture.width)) * channels;
      into[to] = (data[at] as number) * scale;
      into[to + plane] = (data[at + green] as number) * scale;
      into[to + 2 * plane] = (data[at + blue] as number) * scale;
    }
  }
}

/** Index of the sample that stands at `index` when a line of `length` is reflected at both its ends. */
function reflected(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const at = index % period;
  return at < length ? at : period - at;
}

/**
 * Writes what is kept of [1, 3, scale height, scale width], 0..1, into a picture `scale` times as large; at the
 * same size alpha comes from the source.
 *
 * @returns false when a sample is NaN or infinite; the picture is then incomplete
 */
export function writeWindow(
  source: Picture,
  window: Window,
  output: Float32Array,
  into: Picture,
  scale = 1,
): boolean {
  const { channels } = source;
  const { x, y, width, height } = enlarged(window, scale);
  const max = source.depth === 16 ? 65_535 : 255;
  const colours = channels >= 3 ? 3 : 1;
  const plane = width * height;
  let strange = 0;
  for (let row = y.from; row < y.to; row++) {
    const from = (row - y.start) * width + x.from - x.start;
    const end = from + x.to - x.from;
    const first = (row * into.width + x.from) * channels;
    for (let c = 0, to = first; c < colours; c++, to = first + c) {
      for (let at = from; at < end; at++, to += channels) {
        const i = at + c * plane;
        const value =
          colours === 3
            ? (output[i] as number)
            : ((output[i] as number) + (output[i + plane] as number) + (output[i + 2 * plane] as number)) / 3;
        // 0 for every number, NaN for NaN and the infinities.
        strange += value - value;
        const level = value * max + 0.5;
        into.data[to] = Math.min(Math.max(level, 0), max);
      }
    }
    if (channels !== colours && scale === 1) copyAlpha(source, into, first, x.to - x.from);
  }
  return strange === 0;
}

function copyAlpha(source: Picture, into: Picture, first: number, count: number): void {
  const { channels } = source;
  const end = first + count * channels;
  for (let at = first + channels - 1; at < end; at += channels) into.data[at] = source.data[at] as number;
}

/** The window in the result's pixels. */
function enlarged({ x, y, width, height }: Window, scale: number): Window {
  const span = ({ start, from, to }: Span) => ({ start: start * scale, from: from * scale, to: to * scale });
  return { x: span(x), y: span(y), width: width * scale, height: height * scale };
}

/** A picture's alpha as a grey picture; undefined when it has none. */
export function alphaOf(picture: Picture): Picture | undefined {
  const { channels, data } = picture;
  if (channels % 2 === 1) return undefined;
  return { ...picture, channels: 1, data: data.filter((_, i) => i % channels === channels - 1) };
}

/** Writes the mean of three planes into the alpha of a larger picture, as `writeWindow` does with colours. */
export function writeAlpha(
  source: Picture,
  window: Window,
  output: Float32Array,
  into: Picture,
  scale: number,
): void {
  const { channels } = source;
  const { x, y, width, height } = enlarged(window, scale);
  const max = source.depth === 16 ? 65_535 : 255;
  const plane = width * height;
  for (let row = y.from; row < y.to; row++) {
    for (let column = x.from; column < x.to; column++) {
      const i = (row - y.start) * width + column - x.start;
      const mean = ((output[i] ?? 0) + (output[i + plane] ?? 0) + (output[i + 2 * plane] ?? 0)) / 3;
      const to = (row * into.width + column) * channels + channels - 1;
      into.data[to] = Math.min(Math.max(mean * max + 0.5, 0), max);
    }
  }
}
