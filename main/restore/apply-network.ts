/** Runs a network over a picture. */
import { setImmediate } from 'node:timers/promises';
import type { TileGrid } from '../../preload/contract.ts';
import type { Network } from '../engine/network.ts';
import { extendColours } from '../image/extend-colours.ts';
import type { Picture } from '../image/picture.ts';
import { blankFor } from './blank.ts';
import { colourMoved } from './self-check.ts';
import { gridOf, rowByRow, shareDone } from './tile-grid.ts';
import { alphaOf, readWindow, type Window, writeAlpha, writeWindow } from './tile-pixels.ts';
import { type Axis, planAxis, planFixed, type TileOptions, tilesFor } from './tiles.ts';

export interface ApplyOptions {
  /** Noise level told to the network, in 8-bit levels, where it takes one. */
  readonly sigma?: number | undefined;
  readonly tiles?: TileOptions;
  /** Where the result goes, so that finished tiles can be shown while the rest is in work. */
  readonly into?: Picture | undefined;
  /** Which tiles of `into` are done, by `planGrid`; marked as the work goes on. */
  readonly grid?: TileGrid | undefined;
  /** Index of the tile to do next, asked before each; row by row by default. */
  readonly next?: ((grid: TileGrid) => number) | undefined;
  readonly signal?: AbortSignal;
  /** After every tile: the share done (0..1), and the tile's index. */
  readonly onProgress?: (progress: { readonly progress: number; readonly tile: number }) => void;
}

/** The network's result cannot be used; the picture is left as it was. */
export class NetworkOutputError extends Error {
  override readonly name = 'NetworkOutputError';
  readonly code = 'network-output';
}

/**
 * Restores a picture tile by tile into a picture of the same depth and metadata, `network.scale` times
 * as large.
 *
 * The network takes [1, 3 or 4, h, w], RGB in 0..1 and, where it has a fourth channel, a plane of sigma / 255 (the
 * noise level as an input: Zhang, Zuo and Zhang, FFDNet, 2018). Grey goes in as three equal channels and their
 * results are averaged. Colours are continued into what is wholly transparent first. Alpha passes unchanged, or is enlarged by the network as a grey picture. Only the tile in
 * work exists in floats. Between tiles the event loop turns once, so that a cancel is seen.
 *
 * @returns `into` where given
 * @throws NetworkOutputError when the network gives NaN, an infinity, a wrong number of samples or other colours
 * @throws the signal's reason when it is aborted
 */
export async function applyNetwork(
  picture: Picture,
  network: Network,
  options: ApplyOptions,
): Promise<Picture> {
  const { sigma = 0, signal, onProgress, tiles = tilesFor(network), next = rowByRow } = options;
  const { scale } = network;
  const into = options.into ?? blankFor(picture, scale);
  const { across, down } = plan(picture, network, tiles);
  const plane = across.size * down.size;
  const input = new Float32Array(plane * network.inputChannels).fill(sigma / 255);
  const run = async () => {
    const output = await network.run(input, down.size, across.size);
    if (output.length !== plane * 3 * scale ** 2)
      throw new NetworkOutputError(unusable(`${output.length} samples, not ${plane * 3 * scale ** 2}`));
    return output;
  };
  const alpha = scale > 1 ? alphaOf(picture) : undefined;
  const opaque = extendColours(picture);
  const grid = options.grid ?? planGrid(picture, network, tiles);
  const columns = across.spans.length;
  for (let tile = next(grid); tile >= 0; tile = next(grid)) {
    await setImmediate();
    signal?.throwIfAborted();
    const [x, y] = [across.spans[tile % columns], down.spans[Math.floor(tile / columns)]];
    if (!x || !y) throw new RangeError(`Expected a tile of the grid but received ${tile}.`);
    const window: Window = { x, y, width: across.size, height: down.size };
    readWindow(opaque, window, input);
    const output = await run();
    if (!writeWindow(picture, window, output, into, scale))
      throw new NetworkOutputError(unusable('values that are not numbers'));
    const moved = colourMoved(input, output, plane);
    if (moved !== undefined) throw new NetworkOutputError(unusable(moved));
    if (alpha) {
      readWindow(alpha, window, input);
      writeAlpha(picture, window, await run(), into, scale);
    }
    grid.done[tile] = true;
    onProgress?.({ progress: shareDone(grid), tile });
  }
  return into;
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
