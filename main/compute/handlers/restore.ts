import { Scratch } from '../../image/scratch.ts';
import { blankInMemory, tiledInMemory } from '../../image/tiled-picture.ts';
import { scratchFolder } from '../../library/paths.ts';
import { enlargedShape } from '../../restore/enlarged-shape.ts';
import { finish, targetSize } from '../../restore/finish.ts';
import { refuseTaken, refuseUnfitCopy, saveCopy } from '../../restore/save-copy.ts';
import { type ChainParts, type ChainRun, planChain, runChain, scaleOf } from '../chain.ts';
import type { PictureStore } from '../picture-store.ts';
import type { ComputeMethods, Handlers, SaveReport } from '../protocol.ts';
import { quickLook } from '../quick-look.ts';

interface Parts extends ChainParts {
  readonly pictures: PictureStore;
}

export function restoreHandlers(parts: Parts): Pick<Handlers, 'preview' | 'look' | 'save'> {
  const { pictures, results, networks } = parts;
  return {
    preview: async ({ layer, ...params }, { signal, progress }) => {
      const opened = await pictures.open(params.path);
      const source = { ...opened, picture: tiledInMemory(opened.picture) };
      const plan = await planChain(networks, source, params.chain);
      const last = plan.keys.at(-1);
      if (!last) throw new RangeError('Expected at least one step.');
      try {
        const quick = results.get(last)
          ? undefined
          : await quickLook(parts, opened.picture, plan.keys, params, signal);
        if (quick) {
          results.grow(layer, { quick });
          progress({ progress: 0, device: quick.device, quick: quick.level });
        }
        const { device, note } = await runChain(parts, source, plan, params, {
          signal,
          look: () => results.lookAt(layer),
          growing: (begun) => results.grow(layer, { begun, quick }),
          progress: (tile) => {
            const grid = results.growing(layer)?.begun?.grid;
            progress({ ...tile, ...(grid && { tiles: { ...grid, done: [...grid.done] } }) });
          },
          blank: blankInMemory,
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
      if (params.output !== undefined) await refuseTaken(params.output);
      const scratch = await Scratch.open(scratchFolder());
      try {
        return await save(parts, params, scratch, { signal, progress, blank: scratch.blank, keep: false });
      } finally {
        scratch.close();
      }
    },
  };
}

/** @throws {RelumeError} as `runChain` does; {PictureError} as reading and writing pictures does */
async function save(
  parts: Parts,
  params: ComputeMethods['save']['params'],
  scratch: Scratch,
  run: ChainRun,
): Promise<SaveReport> {
  const total = stopwatch();
  const source = await parts.pictures.tiled(params.path, scratch);
  const decode = total();
  const models = params.chain.map(({ model }) => model);
  const target = { ...params, source: params.path, models };
  const enlarged = enlargedShape(source.picture, await scaleOf(params.chain));
  refuseUnfitCopy(source.picture, targetSize(enlarged, params.size ?? {}), target);
  const plan = await planChain(parts.networks, source, params.chain);
  const running = stopwatch();
  const result = await runChain(parts, source, plan, params, run);
  const network = running();
  run.signal.throwIfAborted();
  const writing = stopwatch();
  const finished = finish(source.picture, result, params, params.size ?? {}, scratch.blank);
  const output = await saveCopy(source.picture, finished, target, scratch);
  const { width, height } = finished;
  const { sigma } = plan;
  const seconds = { decode, network, encode: writing(), total: total() };
  const { device } = result;
  const report = { output, width, height, device, seconds, peakMemoryMB: peakMemoryMB() };
  const notes = [source.picture.note, result.note].filter((note) => note !== undefined);
  const told = sigma === undefined ? report : { ...report, sigma };
  return noted(told, notes.length > 0 ? notes.join(' ') : undefined);
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
