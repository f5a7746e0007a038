/** The training runs: started here, or watched while another process trains them. */
import { basename, dirname, join, resolve } from 'node:path';
import type { NetworkName } from '../../models/networks.ts';
import type { DeviceId, RequestInput, RunSummary, TrainingTask } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import { readModels } from '../library/models.ts';
import { ownModels, runsFolder } from '../library/paths.ts';
import { split } from '../train/dataset/split.ts';
import { RunLog } from '../train/run-log.ts';
import { ask } from '../train/run-status.ts';
import { readRuns } from '../train/run-summary.ts';
import type { TrainOptions } from '../train/train.ts';
import type { Answers, ApiContext } from './context.ts';
import type { Collections } from './train-collections.ts';

/** Milliseconds between two looks at the runs on disk. */
const watchEvery = 1000;

type Listener = (run: RunSummary) => void;

export class Runs {
  readonly #training: ComputeHost;
  readonly #listeners = new Set<Listener>();
  readonly #logs = new Map<string, RunLog>();
  /** Runs that are trained by this process's own compute process. */
  readonly #own = new Set<string>();
  /** Why a run could not even begin. */
  readonly #failures = new Map<string, string>();
  readonly #told = new Map<string, string>();
  #watch: NodeJS.Timeout | undefined;

  /** @param training the compute process that trains */
  constructor(training: ComputeHost) {
    this.#training = training;
  }

  /** Whether a run is being trained here. */
  get busy(): boolean {
    return this.#own.size > 0;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every run; from now on changes are told. */
  async list(): Promise<RunSummary[]> {
    this.#watch ??= setInterval(() => void this.#look(), watchEvery).unref();
    const runs = await readRuns(runsFolder());
    return runs.map((run) => this.#explained(run));
  }

  /** Hands a run to the compute process; it goes on after this returns. */
  train(options: Omit<TrainOptions, 'run'>): void {
    const { name } = options;
    this.#own.add(name);
    this.#failures.delete(name);
    void this.#training
      .call('train', { ...options, run: folderOf(name) })
      .catch((error: unknown) => {
        const { code, message } = toFailure(error);
        if (code !== 'cancelled') this.#failures.set(name, message);
      })
      .finally(() => {
        this.#own.delete(name);
        void this.#look();
      });
  }

  /** @throws {RelumeError} 'no-such-run' */
  async get(name: string): Promise<RunSummary> {
    const run = (await this.list()).find(({ id }) => id === name);
    if (!run) throw new RelumeError({ code: 'no-such-run', message: `There is no run ${name} any more.` });
    return run;
  }

  log(name: string): RunLog {
    const log = this.#logs.get(name) ?? new RunLog(folderOf(name));
    this.#logs.set(name, log);
    return log;
  }

  /** Tells of every run that has changed since it was told of. */
  async #look(): Promise<void> {
    for (const run of await this.list()) {
      const text = JSON.stringify(run);
      if (this.#told.get(run.id) === text) continue;
      this.#told.set(run.id, text);
      for (const listener of this.#listeners) listener(run);
    }
  }

  #explained(run: RunSummary): RunSummary {
    const reason = this.#failures.get(run.id);
    return run.state === 'paused' && reason !== undefined ? { ...run, reason } : run;
  }
}

/** Whether a path is the ONNX file or the card of one of the person's own models. */
export function isModelFile(path: string): boolean {
  const isOwn = dirname(dirname(path)) === ownModels();
  return isOwn && ['model.onnx', 'card.json'].includes(basename(path)) && resolve(path) === path;
}

const folderOf = (name: string) => join(runsFolder(), name);

type RunRequestName = 'runs.list' | 'runs.start' | 'runs.resume' | 'runs.pause' | 'runs.stop' | 'runs.log';

export const runAnswers = ({ runs, collections }: ApiContext): Answers<RunRequestName> => ({
  'runs.list': () => runs.list(),
  'runs.start': async (input) => {
    const options = await optionsOf(input, collections);
    runs.train(options);
    return { run: options.name };
  },
  'runs.resume': async ({ run, device }) => {
    runs.train(resumed(await runs.get(run), device));
    return {};
  },
  'runs.pause': async ({ run }) => {
    await ask(folderOf(run), 'pause');
    return {};
  },
  'runs.stop': async ({ run: name }) => {
    const run = await runs.get(name);
    if (run.state === 'running') await ask(folderOf(name), 'stop');
    else runs.train({ ...resumed(run, 'auto'), finish: true });
    return {};
  },
  'runs.log': async ({ run, points }) => runs.log(run).curves(points),
});

async function optionsOf(
  { collection, name, task, size, from, length, device }: RequestInput<'runs.start'>,
  collections: Collections,
): Promise<Omit<TrainOptions, 'run'>> {
  const usable = collections.usable(collection);
  const isPaired = task.kind === 'denoise' && task.noise === 'pairs';
  const noisyPaths = isPaired ? (collections.noisyPaths(collection) ?? {}) : undefined;
  const pictures = split(noisyPaths ? usable.filter(({ path }) => path in noisyPaths) : usable);
  const [folder = ''] = collections.paths(collection);
  return {
    name: name ?? (await freeName(task, folder)),
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
function resumed({ id, folder, task }: RunSummary, device: DeviceId): Omit<TrainOptions, 'run'> {
  return { name: id, folder, task, network: networkOf(task, 'fast'), resume: true, device };
}

function networkOf(task: TrainingTask, size: 'fast' | 'best'): NetworkName {
  if (task.kind === 'denoise') return `denoiser-${size}`;
  return task.kind === 'artefacts' ? 'artefact-remover' : `upscaler-${task.scale}x`;
}

/** "denoise-my-photos", or with a number when there is a run or a model of that name. */
async function freeName(task: TrainingTask, folder: string): Promise<string> {
  const kind = task.kind === 'upscale' ? `upscale-${task.scale}x` : task.kind;
  const words =
    basename(folder)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const wanted = [kind, ...words].join('-').slice(0, 58);
  const { models } = await readModels();
  const taken = new Set([...(await readRuns(runsFolder())), ...models].map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
