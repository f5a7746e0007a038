/** Runs a network over a picture. */
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { extendColours } from '../image/extend-colours.ts';
import type { Picture } from '../image/picture.ts';
import { blankFor } from './blank.ts';
import { colourMoved } from './self-check.ts';
import { alphaOf, readWindow, type Window, writeAlpha, writeWindow } from './tile-pixels.ts';
import { planAxis, type TileOptions, tilesFor } from './tiles.ts';

export interface ApplyOptions {
  /** Noise level told to the network, in 8-bit levels, where it takes one. */
  readonly sigma?: number | undefined;
  readonly tiles?: TileOptions;
  /** Where the result goes, so that finished rows can be shown while the rest is in work. */
  readonly into?: Picture | undefined;
  readonly signal?: AbortSignal;
  /** After every tile: the share done (0..1), and how many rows of the result from the top are complete. */
  readonly onProgress?: (progress: { readonly progress: number; readonly rows: number }) => void;
}

/** The network's result cannot be used; the picture is left as it was. */
export class NetworkOutputError extends Error {
  override readonly name = 'NetworkOutputError';
  readonly code = 'network-output';
}

/**
 * Restores a picture tile by tile, row-major, into a picture of the same depth and metadata, `network.scale` times
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
  const { sigma = 0, signal, onProgress, tiles = tilesFor(network.scale) } = options;
  const { scale } = network;
  const into = options.into ?? blankFor(picture, scale);
  const across = planAxis(picture.width, network.multiple, tiles);
  const down = planAxis(picture.height, network.multiple, tiles);
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
  const count = across.spans.length * down.spans.length;
  let done = 0;
  for (const [row, y] of down.spans.entries()) {
    for (const [column, x] of across.spans.entries()) {
      await setImmediate();
      signal?.throwIfAborted();
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
      const rowDone = column === across.spans.length - 1;
      const rows = scale * (rowDone ? y.to : (down.spans[row - 1]?.to ?? 0));
      onProgress?.({ progress: ++done / count, rows });
    }
  }
  return into;
}

function unusable(what: string): string {
  return `The network gave ${what}, so its result was not used.`;
}
