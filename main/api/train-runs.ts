/** Runs of restorers in the window. */
import { basename, dirname, resolve } from 'node:path';
import type { NetworkName } from '../../models/networks.ts';
import type {
  DeviceId,
  RequestInput,
  RequestName,
  RunSummary,
  TrainingTask,
} from '../../preload/contract.ts';
import { goingOn } from '../devices/after-crash.ts';
import { ownModels } from '../library/paths.ts';
import { split } from '../train/dataset/split.ts';
import { ask } from '../train/run-status.ts';
import type { TrainOptions } from '../train/train.ts';
import type { Answers, ApiContext } from './context.ts';
import { folderOf, freeName, refuseTakenName } from './runs.ts';
import type { Collections } from './train-collections.ts';

/** Whether a path is the ONNX file or the card of one of the person's own models. */
export function isModelFile(path: string): boolean {
  const isOwn = dirname(dirname(path)) === ownModels();
  return isOwn && ['model.onnx', 'card.json'].includes(basename(path)) && resolve(path) === path;
}

type RunRequestName = Extract<RequestName, `runs.${string}`>;

export const runAnswers = ({ runs, collections, training }: ApiContext): Answers<RunRequestName> => {
  const train = (options: TrainOptions) =>
    runs.train(options.name, () => goingOn(options, (each) => training.call('train', each)));
  return {
    'runs.list': () => runs.list(),
    'runs.start': async (input) => {
      const options = await optionsOf(input, collections);
      train(options);
      return { run: options.name };
    },
    'runs.resume': async ({ run, device }) => {
      train(resumed(await runs.get(run), device));
      return {};
    },
    'runs.pause': async ({ run }) => {
      await ask(folderOf(run), 'pause');
      return {};
    },
    'runs.stop': async ({ run: name }) => {
      const run = await runs.get(name);
      if (run.state === 'running') await ask(folderOf(name), 'stop');
      else train({ ...resumed(run, 'auto'), finish: true });
      return {};
    },
    'runs.delete': async ({ run }) => {
      await runs.delete(run);
      return {};
    },
    'runs.log': async ({ run, points }) => runs.log(run).curves(points),
  };
};

async function optionsOf(
  { collection, name, task, size, from, length, device }: RequestInput<'runs.start'>,
  collections: Collections,
): Promise<TrainOptions> {
  const usable = collections.usable(collection);
  const isPaired = task.kind === 'denoise' && task.noise === 'pairs';
  const noisyPaths = isPaired ? (collections.noisyPaths(collection) ?? {}) : undefined;
  const pictures = split(noisyPaths ? usable.filter(({ path }) => path in noisyPaths) : usable);
  const [folder = ''] = collections.paths(collection);
  const kind = task.kind === 'upscale' ? `upscale-${task.scale}x` : task.kind;
  if (name !== undefined) await refuseTakenName(name);
  const id = name ?? (await freeName([kind, basename(folder)]));
  return {
    name: id,
    run: folderOf(id),
    folder,
    pictures,
    task,
    network: networkOf(task, size),
    resume: false,
    device,
    ...length,
    ...(from !== undefined && { from }),
    ...(noisyPaths && { noisyPaths }),
  };
}

/** A run remembers what it is: only where it runs is chosen anew. */
function resumed({ id, folder, task }: RunSummary, device: DeviceId): TrainOptions {
  return {
    name: id,
    run: folderOf(id),
    folder,
    task,
    network: networkOf(task, 'fast'),
    resume: true,
    device,
  };
}

function networkOf(task: TrainingTask, size: 'fast' | 'best'): NetworkName {
  if (task.kind === 'denoise') return `denoiser-${size}`;
  return task.kind === 'artefacts' ? 'artefact-remover' : `upscaler-${task.scale}x`;
}
