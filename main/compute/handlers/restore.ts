import { sigmaRange } from '../../../preload/contract.ts';
import type { Network } from '../../engine/network.ts';
import { estimateSigma } from '../../image/noise-estimate.ts';
import { blankLike, type Picture } from '../../image/picture.ts';
import { denoise } from '../../restore/denoise.ts';
import { refuseTaken, saveCopy } from '../../restore/save-copy.ts';
import { type Networks, onDevice } from '../networks.ts';
import type { PictureStore } from '../picture-store.ts';
import type { DenoiseParams, Handlers, TileProgress } from '../protocol.ts';
import type { Result, ResultKey, ResultStore } from '../result-store.ts';
import type { RightOfWay } from '../right-of-way.ts';

interface Parts {
  readonly pictures: PictureStore;
  readonly results: ResultStore;
  readonly networks: Networks;
  readonly rightOfWay: RightOfWay;
}

interface Run {
  readonly signal: AbortSignal;
  readonly progress: (progress: TileProgress) => void;
  /** Where the result grows. */
  readonly into?: Picture;
}

export function restoreHandlers(parts: Parts): Pick<Handlers, 'preview' | 'save'> {
  const { pictures, results, networks } = parts;
  return {
    preview: async ({ layer, ...params }, { signal, progress }) => {
      const source = await pictures.open(params.path);
      const model = await networks.fingerprint(params.model);
      const key = { source: source.key, model, sigma: sigmaFor(params, source.picture) };
      const known = results.get(key);
      if (known) return shownAgain(layer, key, known, progress);
      const into = blankLike(source.picture);
      results.grow(layer, into);
      let complete = 0;
      const grown = (tile: TileProgress) => {
        results.changed(layer, complete);
        complete = tile.rows;
        progress(tile);
      };
      try {
        const result = await runNetwork(parts, source.picture, params, key.sigma, {
          signal,
          progress: grown,
          into,
        });
        results.finish(layer, key, result);
        return { device: result.device };
      } finally {
        results.drop(layer);
      }
    },

    save: async (params, { signal, progress }) => {
      const total = stopwatch();
      if (params.output !== undefined) await refuseTaken(params.output);
      const reading = stopwatch();
      const { key: sourceKey, picture: source } = await pictures.glance(params.path);
      const decode = reading();
      const sigma = sigmaFor(params, source);
      const running = stopwatch();
      const result =
        results.get({ source: sourceKey, model: await networks.fingerprint(params.model), sigma }) ??
        (await runNetwork(parts, source, params, sigma, { signal, progress }));
      const network = running();
      signal.throwIfAborted();
      const writing = stopwatch();
      const output = await saveCopy(source, result.picture, { ...params, source: params.path });
      const seconds = { decode, network, encode: writing(), total: total() };
      const { width, height, note } = source;
      const report = {
        output,
        width,
        height,
        sigma,
        device: result.device,
        seconds,
        peakMemoryMB: peakMemoryMB(),
      };
      return note === undefined ? report : { ...report, note };
    },
  };

  function shownAgain(
    layer: string,
    key: ResultKey,
    result: Result,
    progress: (progress: TileProgress) => void,
  ): { device: string } {
    const { device, picture } = result;
    results.finish(layer, key, result);
    progress({ progress: 1, rows: picture.height, device });
    return { device };
  }
}

function runNetwork(
  { networks, rightOfWay }: Parts,
  source: Picture,
  { model, device }: DenoiseParams,
  sigma: number,
  { progress, ...rest }: Run,
): Promise<Result> {
  return onDevice(device, async () => {
    const network = await networks.load(model, device);
    const run: Network['run'] = async (...tile) => {
      await rightOfWay.free();
      return network.run(...tile);
    };
    const onProgress = (tile: { progress: number; rows: number }) =>
      progress({ ...tile, device: network.device });
    const picture = await denoise(source, { ...network, run }, { ...rest, sigma, onProgress });
    return { picture, device: network.device };
  });
}

/** The noise level to tell the network: what was asked for, or the picture's own within the trained range. */
function sigmaFor({ sigma }: DenoiseParams, picture: Picture): number {
  if (sigma !== 'estimate') return sigma;
  return Math.min(sigmaRange.max, Math.max(sigmaRange.min, estimateSigma(picture)));
}

/** Starts a stopwatch; calling it reads the seconds. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

const peakMemoryMB = () => Math.round(process.resourceUsage().maxRSS / 1024);
