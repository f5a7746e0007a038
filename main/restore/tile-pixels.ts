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
  const kept = { ...area, channels, depth, data: emptySamples(part, area) };
  const first = (y.from - y.start) * width + x.from - x.start;
  const areNumbers = (channels >= 3 ? writeColours : writeGrey)(kept, output, {
    first,
    width,
    plane: width * height,
  });
  if (channels % 2 === 0 && scale === 1) copyAlpha(part, window, kept);
  return areNumbers ? kept : undefined;
}

/** Where the samples that are kept lie in each plane of a network's output. */
interface InPlane {
  readonly first: number;
  /** From row to row. */
  readonly width: number;
  /** From plane to plane. */
  readonly plane: number;
}

/** @returns whether all of them are numbers */
function writeColours(kept: Kept, output: Float32Array, { first, width, plane }: InPlane): boolean {
  const { data, channels, depth } = kept;
  const max = depth === 16 ? 65_535 : 255;
  let strange = 0;
  let to = 0;
  for (let row = 0; row < kept.height; row++) {
    let at = first + row * width;
    for (const end = at + kept.width; at < end; at++, to += channels) {
      const red = output[at] as number;
      const green = output[at + plane] as number;
      const blue = output[at + 2 * plane] as number;
      // 0 for every number, NaN for NaN and the infinities.
      strange += red - red + (green - green) + (blue - blue);
      data[to] = level(red, max);
      data[to + 1] = level(green, max);
      data[to + 2] = level(blue, max);
    }
  }
  return strange === 0;
}

/** The mean of the three planes. @returns whether all of them are numbers */
function writeGrey(kept: Kept, output: Float32Array, { first, width, plane }: InPlane): boolean {
  const { data, channels, depth } = kept;
  const max = depth === 16 ? 65_535 : 255;
  let strange = 0;
  let to = 0;
  for (let row = 0; row < kept.height; row++) {
    let at = first + row * width;
    for (const end = at + kept.width; at < end; at++, to += channels) {
      const sum =
        (output[at] as number) + (output[at + plane] as number) + (output[at + 2 * plane] as number);
      strange += sum - sum;
      data[to] = level(sum / 3, max);
    }
  }
  return strange === 0;
}

/** The nearest level once it is stored as an integer; branches are quicker here than `Math.min` and `Math.max`. */
function level(value: number, max: number): number {
  if (value <= 0) return 0;
  return value >= 1 ? max : value * max + 0.5;
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
      data[(row * kept.width + column + 1) * channels - 1] = level(mean, max);
    }
  }
}
