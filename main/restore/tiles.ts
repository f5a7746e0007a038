/** Plans how a network covers a picture in tiles. */
import type { Network } from '../engine/network.ts';

/** Sides in pixels; both are tuned against speed and memory. */
export interface TileOptions {
  /** Largest side of the square that the network sees at once. */
  readonly side: number;
  /** How far, at least, a tile sees beyond what is kept of it. */
  readonly overlap: number;
}

/**
 * Measured with the bundled denoiser on photographs at sigma 15 and 50: the largest difference from an untiled
 * run is 1.6 levels of 255 at an overlap of 32, 0.21 at 48 and 0.02 at 64. At this side a 12-megapixel picture
 * takes 20 windows, which see 1.22 times its pixels; at 1280 it takes 12, which see 1.15 times as many in the
 * same time, with more memory and a longer wait for a cancel.
 */
export const tileDefaults: TileOptions = { side: 896, overlap: 48 };

/** Upscalers see 18 pixels far; their tiles are smaller, because each costs ten times as much. */
const upscalingTiles: TileOptions = { side: 384, overlap: 24 };

/** Models from elsewhere may need ten times the memory, and see farther. */
const foreignTiles: TileOptions = { side: 512, overlap: 64 };
const foreignUpscalingTiles: TileOptions = { side: 192, overlap: 24 };

export function tilesFor({ scale, foreign = false }: Pick<Network, 'scale' | 'foreign'>): TileOptions {
  if (foreign) return scale === 1 ? foreignTiles : foreignUpscalingTiles;
  return scale === 1 ? tileDefaults : upscalingTiles;
}

/** One stretch along an axis: the network sees [start, start + size), and [from, to) of its result is kept. */
export interface Span {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** All tiles of one axis have the same size, so that buffers and sessions are made once. */
export interface Axis {
  /** Size of every window; a multiple of what the network asks for. */
  readonly size: number;
  readonly spans: readonly Span[];
}

/**
 * Covers an axis of `length` pixels with windows of one size.
 *
 * Every pixel is kept from exactly one window, the one in which it lies farther from the cut: what a network
 * gets wrong near a cut decays with the distance, so cropping at the middle of the overlap leaves less of it
 * than blending would, and needs no sums. Windows start at multiples of `multiple`, so that strided layers
 * see the same grid as in an untiled run. Only the last window can reach past the picture, by less than
 * `multiple`; the outer edges of the picture are edges of a window too, as in an untiled run.
 *
 * @throws RangeError when the side leaves no room between its overlaps
 */
export function planAxis(length: number, multiple: number, { side, overlap }: TileOptions): Axis {
  const padded = roundUp(length, multiple);
  const shared = roundUp(2 * overlap, multiple);
  const largest = side - (side % multiple);
  if (largest <= shared)
    throw new RangeError(`Expected a tile side of more than ${shared + multiple - 1} but received ${side}.`);
  const count = padded <= largest ? 1 : Math.ceil((padded - shared) / (largest - shared));
  const size = roundUp((padded + (count - 1) * shared) / count, multiple);
  const starts = Array.from({ length: count }, (_, i) =>
    Math.min(i * Math.max(0, size - shared), padded - size),
  );
  return { size, spans: spansOf(starts, size, length) };
}

/** Covers an axis with windows of the only size that there is; a shorter axis has one that reaches past it. */
export function planFixed(length: number, size: number, overlap: number): Axis {
  const shared = Math.min(2 * overlap, size >> 1);
  const count = length <= size ? 1 : Math.ceil((length - shared) / (size - shared));
  const starts = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - size)) / (count - 1)),
  );
  return { size, spans: spansOf(starts, size, length) };
}

/** Of two windows each keeps its half of what they share. */
function spansOf(starts: readonly number[], size: number, length: number): Span[] {
  const cuts = starts.slice(1).map((start, i) => Math.floor((start + (starts[i] ?? 0) + size) / 2));
  return starts.map((start, i) => ({ start, from: cuts[i - 1] ?? 0, to: cuts[i] ?? length }));
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
