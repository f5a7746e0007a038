import { finish } from '../../restore/finish.ts';
import { refuseTaken, saveCopy } from '../../restore/save-copy.ts';
import { type ChainParts, runChain, stepKeys } from '../chain.ts';
import type { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import { quickLook } from '../quick-look.ts';

interface Parts extends ChainParts {
  readonly pictures: PictureStore;
}

export function restoreHandlers(parts: Parts): Pick<Handlers, 'preview' | 'look' | 'save'> {
  const { pictures, results, networks } = parts;
  return {
    preview: async ({ layer, ...params }, { signal, progress }) => {
      const source = await pictures.open(params.path);
      const keys = await stepKeys(networks, source, params.chain);
      const last = keys.at(-1);
      if (!last) throw new RangeError('Expected at least one step.');
      try {
        const quick = results.get(last)
          ? undefined
          : await quickLook(parts, source.picture, keys, params, signal);
        if (quick) {
          results.grow(layer, { quick });
          progress({ progress: 0, device: quick.device, quick: quick.level });
        }
        const { device, note } = await runChain(parts, source, keys, params, {
          signal,
          look: () => results.lookAt(layer),
          growing: (begun) => results.grow(layer, { begun, quick }),
          progress: (tile) => {
            const grid = results.growing(layer)?.begun?.grid;
            progress({ ...tile, ...(grid && { tiles: { ...grid, done: [...grid.done] } }) });
          },
          keep: true,
        });
        results.show(layer, last);
        progress({ progress: 1, device });
        return noted({ device }, note);
      } finally {
        results.drop(layer);
      }
    },

    look: async ({ layer, part }) => {
      results.look(layer, part);
      return null;
    },

    save: async (params, { signal, progress }) => {
      const total = stopwatch();
      if (params.output !== undefined) await refuseTaken(params.output);
      const reading = stopwatch();
      const source = await pictures.glance(params.path);
      const decode = reading();
      const keys = await stepKeys(networks, source, params.chain);
      const running = stopwatch();
      const result = await runChain(parts, source, keys, params, { signal, progress, keep: false });
      const network = running();
      signal.throwIfAborted();
      const writing = stopwatch();
      const models = params.chain.map(({ model }) => model);
      const finished = finish(source.picture, result, params, params.size);
      const output = await saveCopy(source.picture, finished, { ...params, source: params.path, models });
      const { width, height } = finished;
      const sigma = Math.max(...keys.map((key) => key.sigma));
      const seconds = { decode, network, encode: writing(), total: total() };
      const { device } = result;
      const report = { output, width, height, sigma, device, seconds, peakMemoryMB: peakMemoryMB() };
      return noted(report, result.note ?? source.picture.note);
    },
  };
}

/** What is told, with what the person should know where there is something. */
function noted<T extends object>(report: T, note: string | undefined): T & { note?: string } {
  return note === undefined ? report : { ...report, note };
}

/** Starts a stopwatch; calling it reads the seconds. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

const peakMemoryMB = () => Math.round(process.resourceUsage().maxRSS / 1024);
