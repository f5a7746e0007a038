/** Whether a finished model is any better: against the one it began with, the bundled ones and classical methods. */
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TrainingTask, Verdict } from '../../preload/contract.ts';
import { loadNetwork } from '../engine/load-network.ts';
import type { Planes } from '../image/planes.ts';
import { readModels } from '../library/models.ts';
import { bundledModels } from '../library/paths.ts';
import { replaceFile } from '../library/write-file.ts';
import { baselines } from './baselines.ts';
import type { Collection } from './collection.ts';
import type { Damage } from './evaluate.ts';
import { heldOutTrial, readable } from './held-out.ts';
import { PhotoCache } from './photos.ts';
import { restored } from './restored.ts';
import type { Run } from './run-files.ts';
import { ScoreSum } from './scores.ts';
import { type Damaged, taskOf } from './tasks/task.ts';
import { verdictPath } from './verdict-file.ts';
import { verdictSentence } from './verdict-sentence.ts';

/** Photos that are measured, and memory for them. */
const mostPhotos = 31;
const cacheBytes = 256 * 2 ** 20;

interface Method {
  readonly id: string;
  readonly name: string;
  readonly kind: Verdict['methods'][number]['kind'];
  readonly restore: (damaged: Damaged) => Promise<Planes>;
  readonly close: () => Promise<void>;
}

/** Measures the published model of a run and its rivals on held-out photos, and writes down how they compare. */
export async function writeVerdict(folder: string, run: Run, collection: Collection): Promise<Verdict> {
  const verdict = await measure(run, collection);
  await replaceFile(verdictPath(folder), [`${JSON.stringify(verdict)}\n`]);
  return verdict;
}

async function measure(run: Run, { heldOut, noisyPaths }: Collection): Promise<Verdict> {
  const task = taskOf(run.task);
  const photos = new PhotoCache(cacheBytes, { learnsFrom: task.learnsFrom, noisyPaths });
  // What cannot be read was told of at the measurements.
  const chosen = await readable(heldOut.slice(0, mostPhotos), task, photos, () => undefined);
  const methods: Verdict['methods'] = [];
  const columns: number[][] = [];
  for (const method of await rivals(run)) {
    const sum = new ScoreSum(task);
    const column: number[] = [];
    for (const each of chosen) {
      const trial = await heldOutTrial(each, task, photos);
      const result = await method.restore(trial);
      column.push(sum.add(result, trial.clean).psnr);
      // Networks block the event loop: let the run's owner be seen alive.
      await setImmediate();
    }
    await method.close();
    const { psnr, ssim } = sum.mean;
    methods.push({ id: method.id, name: method.name, kind: method.kind, psnr, ssim });
    columns.push(column);
  }
  const pictures = chosen.map(({ path }, row) => ({
    name: basename(path),
    psnr: columns.map((column) => column[row] ?? 0),
  }));
  return { ...verdictSentence(methods, pictures), methods, pictures };
}

/** The model itself first, then what it began with, other bundled models of its kind, and classical methods. */
async function rivals({ name, task, from }: Run): Promise<Method[]> {
  const { models } = await readModels();
  const scale = task.kind === 'upscale' ? task.scale : 1;
  const alike = models.filter(({ card }) => card.task === task.kind && card.scale === scale);
  const chosen = alike.filter(({ id, path }) => id === name || id === from || path.startsWith(bundledModels));
  const order = (id: string) => (id === name ? 0 : id === from ? 1 : 2);
  const networks = await Promise.all(
    chosen
      .sort((a, b) => order(a.id) - order(b.id))
      .map(async ({ id, card, path }): Promise<Method> => {
        const network = await loadNetwork(path, 'cpu');
        const kind = (['new', 'start', 'bundled'] as const)[order(id)] ?? 'bundled';
        return {
          id,
          name: card.name,
          kind,
          restore: (trial) => restored(network, trial),
          close: () => network.dispose(),
        };
      }),
  );
  const classical = baselines(damageOf(task)).map((each): Method => {
    return {
      id: each.name,
      name: each.name,
      kind: 'classical',
      restore: each.restore,
      close: async () => {},
    };
  });
  return [...networks, ...classical];
}

/** What classical methods are up against; its strength does not matter to their choice. */
function damageOf(task: TrainingTask): Damage {
  switch (task.kind) {
    case 'denoise':
      return { kind: 'noise', sigma: 25 };
    case 'artefacts':
      return { kind: 'jpeg', quality: 20 };
    case 'upscale':
      return { kind: 'shrink', scale: task.scale };
  }
}
