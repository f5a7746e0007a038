/** A training run, from a folder of photos to a published model. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NetworkName, networks } from '../../models/networks.ts';
import type { DeviceId, TrainingTask } from '../../preload/contract.ts';
import { loadNetwork } from '../engine/load-network.ts';
import { l1 } from '../engine/losses.ts';
import { type Objective, supervised } from '../engine/objective.ts';
import { readParameters } from '../engine/onnx.ts';
import { fittingValues, type ParameterSpec, parameterCount } from '../engine/parameters.ts';
import {
  initialState,
  objectiveParameters,
  stateFrom,
  Trainer,
  type TrainingState,
} from '../engine/trainer.ts';
import { findModel } from '../library/models.ts';
import { bundledModels, ownModels } from '../library/paths.ts';
import { BatchStream } from './batches.ts';
import { type Collection, openCollection } from './collection.ts';
import { heldOutScores } from './held-out.ts';
import { squareSide } from './patch-batch.ts';
import { PhotoCache } from './photos.ts';
import { networkOnnx, publishModel } from './publish-model.ts';
import { type LogEntry, type Run, RunError, RunFiles, runSchema, type Stage } from './run-files.ts';
import { emaDecay, learningRate } from './schedule.ts';
import type { Scores } from './scores.ts';
import { defaultStages, pixelsUntil, stageAt } from './stages.ts';
import { taskOf } from './tasks/task.ts';

const defaults = { seed: 1, learningRate: 1e-3, checkpointSeconds: 60 } as const;
/** Peak learning rate when a trained model is gone on with. */
const fineTuningRate = 3e-4;
const defaultMinutes = 30;
const evaluationSteps = 500;
/** Steps after which a time budget is turned into a number of steps. */
const timedSteps = 30;
/** Held-out photos are few. */
const heldOutCacheBytes = 256 * 2 ** 20;

export interface TrainOptions {
  /** Photos to learn from. */
  readonly folder: string;
  /** Folder of the run, where its log and checkpoints are kept. */
  readonly run: string;
  /** The model's id. */
  readonly name: string;
  readonly task: TrainingTask;
  readonly network: NetworkName;
  /** A model to begin with, of the same network or one much like it; from chance without one. */
  readonly from?: string;
  readonly steps?: number;
  readonly minutes?: number;
  readonly resume: boolean;
  readonly device: DeviceId;
}

export interface TrainProgress {
  readonly step: number;
  /** 0 until a time budget has been turned into steps. */
  readonly steps: number;
  readonly loss: number;
  readonly secondsPerStep: number;
  /** Share of the time that the engine waited for data. */
  readonly waiting: number;
  /** Held-out PSNR, at evaluations only. */
  readonly psnr?: number;
}

/**
 * Trains until the steps are done, or until cancelled; a cancelled run keeps a checkpoint to go on from.
 *
 * @throws RunError, CollectionError
 */
export async function train(
  options: TrainOptions,
  signal: AbortSignal,
  progress: (value: TrainProgress) => void,
): Promise<{ model: string; steps: number }> {
  const files = new RunFiles(options.run, runSchema);
  const run = await openRun(files, options);
  const largest = Math.max(...run.stages.map(({ size }) => size));
  const collection = await openCollection(run.folder, squareSide(largest, taskOf(run.task).scale));
  const session = await TrainingSession.open(run, files, collection, options.device);
  try {
    await session.advance(signal, progress);
    await session.checkpoint();
    signal.throwIfAborted();
    return await session.publish();
  } finally {
    await session.close();
  }
}

async function openRun(files: RunFiles<Run>, options: TrainOptions): Promise<Run> {
  if (options.resume) return files.readRun();
  if (files.exists) {
    throw new RunError(
      `There is a run named ${options.name} already: go on with --resume, or choose another --name.`,
    );
  }
  if (existsSync(join(bundledModels, options.name))) {
    throw new RunError(`${options.name} is the name of a bundled model: choose another --name.`);
  }
  const length = options.steps ? { steps: options.steps } : { minutes: options.minutes ?? defaultMinutes };
  const { name, folder, task, network, from } = options;
  const { multiple, scale } = networks[network];
  const learningRate = from === undefined ? defaults.learningRate : fineTuningRate;
  const run = {
    ...defaults,
    ...length,
    name,
    folder,
    task,
    network,
    stages: defaultStages(multiple * scale),
    learningRate,
    ...(from !== undefined && { from }),
  };
  await files.writeRun(run);
  return run;
}

/** @throws RunError when the model to begin with is of another network */
async function startingState(specs: readonly ParameterSpec[], { seed, from }: Run): Promise<TrainingState> {
  if (from === undefined) return initialState(specs, seed);
  const { path } = await findModel(from);
  const fitting = fittingValues(readParameters(await readFile(path)), specs);
  if (!fitting)
    throw new RunError(`${from} is a model of another network, which training cannot begin with.`);
  const { parameters } = initialState(specs, seed);
  for (const { offset, values } of fitting) parameters.set(values, offset);
  return stateFrom(parameters);
}

/** What a batch of one stage needs. */
interface StageEngine {
  readonly stage: Stage;
  readonly trainer: Trainer;
  readonly batches: BatchStream;
}

function objectiveOf({ network, task }: Run, { patches, size }: Stage): Objective {
  const { build, inputChannels } = networks[network];
  const seen = size / taskOf(task).scale;
  return supervised(build, l1, {
    input: [patches, inputChannels, seen, seen],
    target: [patches, 3, size, size],
  });
}

async function openStage(
  run: Run,
  stage: Stage,
  { training }: Collection,
  device: DeviceId,
  state: TrainingState,
): Promise<StageEngine> {
  const trainer = await Trainer.create({ objective: objectiveOf(run, stage), device }, state);
  const { seed, task, network } = run;
  return { stage, trainer, batches: new BatchStream(training, { seed, task, network, ...stage }) };
}

class TrainingSession {
  readonly #files: RunFiles<Run>;
  readonly #collection: Collection;
  readonly #device: DeviceId;
  readonly #photos = new PhotoCache(heldOutCacheBytes);
  readonly #started = performance.now();
  readonly #firstStep: number;
  #engine: StageEngine;
  #run: Run;
  #step: number;
  #waited = 0;
  #unlogged: LogEntry[] = [];
  #saved = performance.now();

  private constructor(
    run: Run,
    files: RunFiles<Run>,
    collection: Collection,
    device: DeviceId,
    engine: StageEngine,
    step: number,
  ) {
    this.#run = run;
    this.#files = files;
    this.#collection = collection;
    this.#device = device;
    this.#engine = engine;
    this.#step = step;
    this.#firstStep = step;
  }

  static async open(run: Run, files: RunFiles<Run>, collection: Collection, device: DeviceId) {
    const specs = objectiveParameters(objectiveOf(run, stageAt(run, 1)));
    const found = await files.readCheckpoint(parameterCount(specs));
    const { step, state } = found ?? { step: 0, state: await startingState(specs, run) };
    const engine = await openStage(run, stageAt(run, step + 1), collection, device, state);
    return new TrainingSession(run, files, collection, device, engine, step);
  }

  /** Steps until the end of the run or until the signal. */
  async advance(signal: AbortSignal, report: (value: TrainProgress) => void): Promise<void> {
    while (!signal.aborted && this.#step < (this.#run.steps ?? Number.POSITIVE_INFINITY)) {
      const entry = await this.#advanceOne();
      report(this.#progress(entry));
      if (performance.now() - this.#saved > this.#run.checkpointSeconds * 1000) await this.checkpoint();
      // The engine blocks the event loop while it runs: let a cancel be heard.
      await new Promise((resume) => setImmediate(resume));
    }
  }

  async #advanceOne(): Promise<LogEntry> {
    const start = performance.now();
    const step = this.#step + 1;
    const rate = learningRate(this.#run.learningRate, step, this.#run.steps ?? timedSteps * 100);
    const { batches, trainer } = await this.#engineFor(step);
    const batch = await batches.take(step);
    const { loss, gradientNorm } = await trainer.step(batch, step, rate, emaDecay(step));
    if (!Number.isFinite(loss)) {
      throw new RunError(`The loss is no longer a number at step ${step}; the last checkpoint is kept.`);
    }
    this.#step = step;
    const seconds = (performance.now() - start) / 1000;
    const psnr = step % evaluationSteps === 0 ? { psnr: (await this.#measure()).psnr } : {};
    const entry = { step, loss, gradientNorm, learningRate: rate, seconds, ...psnr };
    this.#unlogged.push(entry);
    if (this.#run.steps === undefined && step - this.#firstStep === timedSteps) await this.#fixLength();
    return entry;
  }

  /** Goes over to the next stage when the step belongs to it. */
  async #engineFor(step: number): Promise<StageEngine> {
    const stage = stageAt(this.#run, step);
    const { stage: current, trainer } = this.#engine;
    if (stage.size !== current.size || stage.patches !== current.patches) {
      const { state } = trainer;
      await this.close();
      this.#waited += this.#engine.batches.waited;
      this.#engine = await openStage(this.#run, stage, this.#collection, this.#device, state);
    }
    return this.#engine;
  }

  /** Turns the time budget into steps, so that the learning rate falls to its end in time. */
  async #fixLength(): Promise<void> {
    const minutes = this.#run.minutes ?? defaultMinutes;
    const steps = Math.max(this.#step, Math.round((minutes * 60) / this.#secondsPerStep));
    this.#run = { ...this.#run, steps };
    await this.#files.writeRun(this.#run);
  }

  get #secondsPerStep(): number {
    return (performance.now() - this.#started) / 1000 / Math.max(1, this.#step - this.#firstStep);
  }

  #progress(entry: LogEntry): TrainProgress {
    return {
      step: entry.step,
      steps: this.#run.steps ?? 0,
      loss: entry.loss,
      secondsPerStep: this.#secondsPerStep,
      waiting: (this.#waited + this.#engine.batches.waited) / (performance.now() - this.#started),
      ...(entry.psnr !== undefined && { psnr: entry.psnr }),
    };
  }

  async #measure(): Promise<Scores> {
    const onnx = networkOnnx(networks[this.#run.network], this.#engine.trainer.state.ema);
    const network = await loadNetwork(onnx, 'cpu');
    const scores = await heldOutScores(
      network,
      taskOf(this.#run.task),
      this.#collection.heldOut,
      this.#photos,
    );
    await network.dispose();
    return scores;
  }

  async checkpoint(): Promise<void> {
    await this.#files.writeCheckpoint({ step: this.#step, state: this.#engine.trainer.state });
    await this.#files.log(this.#unlogged.splice(0));
    this.#saved = performance.now();
  }

  async publish(): Promise<{ model: string; steps: number }> {
    const { name, folder, task, network } = this.#run;
    const { training } = this.#collection;
    await publishModel(join(ownModels(), name), networks[network], this.#engine.trainer.state.ema, {
      name,
      folder,
      task,
      photos: training.length,
      steps: this.#step,
      pixels: pixelsUntil(this.#run, this.#step),
      scores: await this.#measure(),
    });
    return { model: name, steps: this.#step };
  }

  async close(): Promise<void> {
    await this.#engine.batches.close();
    await this.#engine.trainer.dispose();
  }
}
