/** Runs a denoising network over a picture. */
import { setImmediate } from 'node:timers/promises';
import type { Network } from '../engine/network.ts';
import { blankLike, type Picture } from '../image/picture.ts';
import { readWindow, type Window, writeWindow } from './tile-pixels.ts';
import { planAxis, type TileOptions, tileDefaults } from './tiles.ts';

export interface DenoiseOptions {
  /** Noise level told to the network, in 8-bit levels. */
  readonly sigma: number;
  readonly tiles?: TileOptions;
  /** Where the result goes, so that finished rows can be shown while the rest is in work. */
  readonly into?: Picture;
  readonly signal?: AbortSignal;
  /** After every tile: the share done (0..1), and how many rows from the top are complete. */
  readonly onProgress?: (progress: { readonly progress: number; readonly rows: number }) => void;
}

/** The network's result cannot be used; the picture is left as it was. */
class NetworkOutputError extends Error {
  override readonly name = 'NetworkOutputError';
  readonly code = 'network-output';
}

/**
 * Denoises a picture, tile by tile, row-major, into a picture of the same depth and metadata.
 *
 * The network takes [1, 4, h, w], RGB in 0..1 and a plane of sigma / 255, and gives [1, 3, h, w] (the noise
 * level as an input: Zhang, Zuo and Zhang, FFDNet, 2018). Grey goes in as three equal channels and their
 * results are averaged; alpha passes unchanged. Only the tile in work exists in floats. Between tiles the
 * event loop turns once, so that a cancel is seen.
 *
 * @returns `into` where given
 * @throws NetworkOutputError when the network gives NaN, an infinity or a wrong number of samples
 * @throws the signal's reason when it is aborted
 */
export async function denoise(picture: Picture, network: Network, options: DenoiseOptions): Promise<Picture> {
  const { sigma, signal, onProgress, tiles = tileDefaults, into = blankLike(picture) } = options;
  const across = planAxis(picture.width, network.multiple, tiles);
  const down = planAxis(picture.height, network.multiple, tiles);
  const plane = across.size * down.size;
  const input = new Float32Array(plane * network.inputChannels);
  input.fill(sigma / 255, plane * 3);
  const count = across.spans.length * down.spans.length;
  let done = 0;
  for (const [row, y] of down.spans.entries()) {
    for (const [column, x] of across.spans.entries()) {
      await setImmediate();
      signal?.throwIfAborted();
      const window: Window = { x, y, width: across.size, height: down.size };
      readWindow(picture, window, input);
      const output = await network.run(input, down.size, across.size);
      if (output.length !== plane * 3) throw wrongOutput(`${output.length} samples, not ${plane * 3}`);
      if (!writeWindow(picture, window, output, into)) throw wrongOutput('values that are not numbers');
      const rowDone = column === across.spans.length - 1;
      onProgress?.({ progress: ++done / count, rows: rowDone ? y.to : (down.spans[row - 1]?.to ?? 0) });
    }
  }
  return into;
}

function wrongOutput(what: string): NetworkOutputError {
  return new NetworkOutputError(`The network gave ${what}, so its result was not used.`);
}
