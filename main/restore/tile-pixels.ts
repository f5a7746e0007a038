/** Moves samples between pictures and the float planes of a network. */
import type { Picture } from '../image/picture.ts';
import { type Area, emptySamples, type PictureShape } from '../image/tiled-picture.ts';
import type { Span } from './tiles.ts';

/** What the network sees of a picture. */
export interface Window {
  readonly x: Span;
  readonly y: Span;
  readonly width: number;
  readonly height: number;
}

/** What of a window lies inside the picture. */
export function areaOf(picture: Pick<Picture, 'width' | 'height'>, { x, y, width, height }: Window): Area {
  return {
    left: x.start,
    top: y.start,
    width: Math.min(width, picture.width - x.start),
    height: Math.min(height, picture.height - y.start),
  };
}

/**
 * Fills the first three planes of [1, 3 or more, height, width] with colours, 0..1.
 *
 * Beyond the right and bottom edges the picture is reflected without repeating its edge.
 *
 * @param part what of the window lies inside the picture
 */
export function readWindow(part: Picture, { width, height }: Window, into: Float32Array): void {
  const { data, channels } = part;
  const scale = part.depth === 16 ? 1 / 65_535 : 1 / 255;
  const plane = width * height;
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  for (let row = 0; row < height; row++) {
    const line = reflected(row, part.height) * part.width;
    let to = row * width;
    let at = line * channels;
    for (const end = to + part.width; to < end; to++, at += channels) {
      into[to] = (data[at] as number) * scale;
      into[to + plane] = (data[at + green] as number) * scale;
      into[to + 2 * plane] = (data[at + blue] as number) * scale;
    }
    for (let column = part.width; column < width; column++, to++) {
      at = (line + reflected(column, part.width)) * channels;
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

/** Samples that are kept of a window, and where they belong in the result. */
export interface Kept extends Area, Pick<PictureShape, 'channels' | 'depth'> {
  readonly data: Picture['data'];
}

/**
 * What is kept of [1, 3, scale height, scale width], 0..1; at the same size alpha comes from the source.
 *
 * @param part the source, as `readWindow` takes it
 * @returns undefined when a sample is NaN or infinite
 */
export function keptSamples(
  part: Picture,
  window: Window,
  output: Float32Array,
  scale: number,
): Kept | undefined {
  const { channels, depth } = part;
  const { x, y, width, height } = enlarged(window, scale);
  const area = { left: x.from, top: y.from, width: x.to - x.from, height: y.to - y.from };
  const data = emptySamples(part, area);
  const max = depth === 16 ? 65_535 : 255;
  const colours = channels >= 3 ? 3 : 1;
  const plane = width * height;
  let strange = 0;
  for (let row = 0; row < area.height; row++) {
    const from = (y.from - y.start + row) * width + x.from - x.start;
    const end = from + area.width;
    const first = row * area.width * channels;
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
        data[to] = Math.min(Math.max(level, 0), max);
      }
    }
  }
  if (channels !== colours && scale === 1) copyAlpha(part, window, { ...area, data });
  return strange === 0 ? { ...area, channels, depth, data } : undefined;
}

function copyAlpha(
  part: Picture,
  { x, y }: Window,
  { width, height, data }: Area & Pick<Kept, 'data'>,
): void {
  const { channels } = part;
  for (let row = 0; row < height; row++) {
    let from = ((y.from - y.start + row) * part.width + x.from - x.start + 1) * channels - 1;
    let to = (row * width + 1) * channels - 1;
    for (const end = to + width * channels; to < end; to += channels, from += channels)
      data[to] = part.data[from] as number;
  }
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

/** Writes the mean of three planes into the alpha of what is kept of a window, as `keptSamples` does with colours. */
export function writeAlpha(kept: Kept, window: Window, output: Float32Array, scale: number): void {
  const { data, channels, depth } = kept;
  const { x, y, width, height } = enlarged(window, scale);
  const max = depth === 16 ? 65_535 : 255;
  const plane = width * height;
  for (let row = 0; row < kept.height; row++) {
    for (let column = 0; column < kept.width; column++) {
      const i = (y.from - y.start + row) * width + x.from - x.start + column;
      const mean = ((output[i] ?? 0) + (output[i + plane] ?? 0) + (output[i + 2 * plane] ?? 0)) / 3;
      data[(row * kept.width + column + 1) * channels - 1] = Math.min(Math.max(mean * max + 0.5, 0), max);
    }
  }
}
