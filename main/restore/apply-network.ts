/** Runs a network over a picture. */
import { setImmediate } from 'node:timers/promises';
import type { TileGrid } from '../../preload/contract.ts';
import type { Network } from '../engine/network.ts';
import type { Picture } from '../image/picture.ts';
import { blankInMemory, type TiledPicture, tiledInMemory } from '../image/tiled-picture.ts';
import { enlargedShape } from './enlarged-shape.ts';
import { opaquePart } from './opaque-part.ts';
import { colourMoved } from './self-check.ts';
import { gridOf, rowByRow, shareDone } from './tile-grid.ts';
import { alphaOf, areaOf, keptSamples, readWindow, type Window, writeAlpha } from './tile-pixels.ts';
import { type Axis, planAxis, planFixed, type TileOptions, tilesFor } from './tiles.ts';

export interface TileWork {
  /** Noise level told to the network, in 8-bit levels, where it takes one. */
  readonly sigma?: number | undefined;
  readonly tiles?: TileOptions;
  /** Which tiles of the result are done, by `planGrid`; marked as the work goes on. */
  readonly grid?: TileGrid | undefined;
  /** Index of the tile to do next, asked before each; row by row by default. */
  readonly next?: ((grid: TileGrid) => number) | undefined;
  readonly signal?: AbortSignal;
  /** After every tile: the share done (0..1), and the tile's index. */
  readonly onProgress?: (progress: { readonly progress: number; readonly tile: number }) => void;
}

export interface ApplyOptions extends TileWork {
  /** Where the result goes; a new picture by default. */
  readonly into?: Picture | undefined;
}

/** The network's result cannot be used; the picture is left as it was. */
export class NetworkOutputError extends Error {
  override readonly name = 'NetworkOutputError';
  readonly code = 'network-output';
}

/**
 * Restores a picture in memory, as `restoreTiles` does.
 *
 * @returns `into` where given
 */
export async function applyNetwork(
  picture: Picture,
  network: Network,
  { into, ...work }: ApplyOptions,
): Promise<Picture> {
  const result = into ? tiledInMemory(into) : blankInMemory(enlargedShape(picture, network.scale));
  await restoreTiles(tiledInMemory(picture), network, result, work);
  return result.whole();
}

/**
 * Restores a picture tile by tile into one of the same depth and metadata, `network.scale` times as large.
 *
 * The network takes [1, 3 or 4, h, w], RGB in 0..1 and, where it has a fourth channel, a plane of sigma / 255 (the
 * noise level as an input: Zhang, Zuo and Zhang, FFDNet, 2018). Grey goes in as three equal channels and their
 * results are averaged. Colours are continued into what is wholly transparent first. Alpha passes unchanged, or is
 * enlarged by the network as a grey picture. Only the tile in work is in memory besides the two pictures. Between
 * tiles the event loop turns once, so that a cancel is seen.
 *
 * @throws NetworkOutputError when the network gives NaN, an infinity, a wrong number of samples or other colours
 * @throws the signal's reason when it is aborted
 */
export async function restoreTiles(
  picture: TiledPicture,
  network: Network,
  into: TiledPicture,
  { sigma = 0, signal, onProgress, tiles = tilesFor(network), next = rowByRow, ...work }: TileWork,
): Promise<void> {
  const { across, down } = plan(picture, network, tiles);
  const grid = work.grid ?? planGrid(picture, network, tiles);
  const input = new Float32Array(across.size * down.size * network.inputChannels).fill(sigma / 255);
  for (let tile = next(grid); tile >= 0; tile = next(grid)) {
    await setImmediate();
    signal?.throwIfAborted();
    const columns = across.spans.length;
    const [x, y] = [across.spans[tile % columns], down.spans[Math.floor(tile / columns)]];
    if (!x || !y) throw new RangeError(`Expected a tile of the grid but received ${tile}.`);
    await restoreWindow(picture, network, into, { x, y, width: across.size, height: down.size }, input);
    grid.done[tile] = true;
    onProgress?.({ progress: shareDone(grid), tile });
  }
}

/** One tile. @param input its noise level is told already */
async function restoreWindow(
  picture: TiledPicture,
  network: Network,
  into: TiledPicture,
  window: Window,
  input: Float32Array,
): Promise<void> {
  const { scale } = network;
  const plane = window.width * window.height;
  const run = async () => {
    const output = await network.run(input, window.height, window.width);
    if (output.length === plane * 3 * scale ** 2) return output;
    throw new NetworkOutputError(unusable(`${output.length} samples, not ${plane * 3 * scale ** 2}`));
  };
  const part = opaquePart(picture, areaOf(picture, window));
  readWindow(part, window, input);
  const output = await run();
  const kept = keptSamples(part, window, output, scale);
  if (!kept) throw new NetworkOutputError(unusable('values that are not numbers'));
  const moved = colourMoved(input, output, plane);
  if (moved !== undefined) throw new NetworkOutputError(unusable(moved));
  const alpha = scale > 1 ? alphaOf(part) : undefined;
  if (alpha) {
    readWindow(alpha, window, input);
    writeAlpha(kept, window, await run(), scale);
  }
  into.write(kept, kept.data);
}

/** The tiles that a picture is restored in, in pixels of the result; none is done. */
export function planGrid(
  picture: Pick<Picture, 'width' | 'height'>,
  network: Planned,
  tiles: TileOptions = tilesFor(network),
): TileGrid {
  const { across, down } = plan(picture, network, tiles);
  const ends = ({ spans }: Axis) => spans.map(({ to }) => to * network.scale);
  return gridOf(ends(across), ends(down));
}

type Planned = Pick<Network, 'multiple' | 'scale' | 'fixed' | 'foreign'>;

/** How windows cover both sides. */
function plan(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  { multiple, fixed }: Planned,
  tiles: TileOptions,
): { across: Axis; down: Axis } {
  if (!fixed) return { across: planAxis(width, multiple, tiles), down: planAxis(height, multiple, tiles) };
  return {
    across: planFixed(width, fixed.width, tiles.overlap),
    down: planFixed(height, fixed.height, tiles.overlap),
  };
}

function unusable(what: string): string {
  return `The network gave ${what}, so its result was not used.`;
}
