/** A training run, from a folder of photos to a published model. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type NetworkName, networks } from '../../models/networks.ts';
import type { DeviceId, TrainingTask } from '../../preload/contract.ts';
import { chooseDevice } from '../engine/devices.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import { bundledModels } from '../library/paths.ts';
import type { NoisyPaths, Split } from './dataset/split.ts';
import { squareSide } from './patch-batch.ts';
import { readCollection, writeCollection } from './run-collection.ts';
import { type Run, RunError, RunFiles, runSchema } from './run-files.ts';
import { RunLock } from './run-lock.ts';
import { readStatus, takeRequest, writeStatus } from './run-status.ts';
import { defaultStages } from './stages.ts';
import { taskOf } from './tasks/task.ts';
import { type OnDeviceFailed, TrainingDevice } from './training-device.ts';
import { type Ending, evaluationStepsFor, TrainingSession } from './training-session.ts';
import { writeVerdict } from './verdict.ts';

const defaults = { seed: 1, learningRate: 1e-3, checkpointSeconds: 60, evaluationSteps: 500 } as const;
/** Peak learning rate when a trained model is gone on with. */
const fineTuningRate = 3e-4;
const defaultMinutes = 30;

export interface TrainOptions {
  /** Photos to learn from. */
  readonly folder: string;
  /** Which of them to train on and to measure on; chosen by name when absent. */
  readonly pictures?: Split;
  /** The noisy pictures of pairs. */
  readonly noisyPaths?: NoisyPaths;
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
  /** Publishes what a paused run has, without training on. */
  readonly finish?: boolean;
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

export interface Trained {
  readonly model: string;
  readonly steps: number;
  /** Whether the model is any better, in one sentence. */
  readonly verdict: string;
}

/**
 * Trains until the steps are done, or until cancelled, paused or stopped; what is not finished keeps a checkpoint to
 * go on from. Whatever goes wrong pauses the run, with the reason in its status.
 *
 * @param onDeviceFailed told of a device that failed; training goes on on the CPU
 * @throws RunError, CollectionError; an AbortError when cancelled or paused
 */
export async function train(
  options: TrainOptions,
  signal: AbortSignal,
  progress: (value: TrainProgress) => void,
  onDeviceFailed: OnDeviceFailed = async () => undefined,
): Promise<Trained> {
  const device = new TrainingDevice(chooseDevice(options.device), onDeviceFailed);
  const files = new RunFiles(options.run, runSchema);
  if (!options.resume) refuseTaken(files, options.name);
  await mkdir(options.run, { recursive: true });
  const lock = await RunLock.acquire(options.run);
  try {
    return await trainOwned(files, options, device, signal, progress);
  } catch (error) {
    const failure = explained(error, options.name);
    await pauseStatus(options.run, failure);
    throw failure;
  } finally {
    await lock.release();
  }
}

async function trainOwned(
  files: RunFiles<Run>,
  options: TrainOptions,
  device: TrainingDevice,
  signal: AbortSignal,
  progress: (value: TrainProgress) => void,
): Promise<Trained> {
  const run = options.resume ? await files.readRun() : await createRun(files, options);
  const largest = Math.max(...run.stages.map(({ size }) => size));
  const collection = await readCollection(options.run, run.folder, squareSide(largest, taskOf(run.task)));
  // What was asked while nobody trained is not meant for this time.
  await takeRequest(options.run);
  const session = await TrainingSession.open(run, files, collection, device);
  try {
    const ending: Ending = options.finish ? 'stopped' : await session.advance(signal, progress);
    await session.checkpoint();
    if (ending === 'paused') throw new DOMException('Paused.', 'AbortError');
    const published = await session.publish();
    const { sentence } = await writeVerdict(options.run, run, collection);
    session.recorder.change({ state: 'done' });
    await session.recorder.flush();
    return { ...published, verdict: sentence };
  } finally {
    await session.close();
  }
}

function refuseTaken(files: RunFiles<Run>, name: string): void {
  if (files.exists) {
    throw new RunError(
      `There is a run named ${name} already: go on with --resume, or choose another --name.`,
    );
  }
  if (existsSync(join(bundledModels, name))) {
    throw new RunError(`${name} is the name of a bundled model: choose another --name.`);
  }
}

async function createRun(files: RunFiles<Run>, options: TrainOptions): Promise<Run> {
  const { name, folder, task, network, from, steps, pictures } = options;
  const { multiple, scale } = networks[network];
  const run: Run = {
    ...defaults,
    ...(steps === undefined
      ? { minutes: options.minutes ?? defaultMinutes }
      : { steps, evaluationSteps: evaluationStepsFor(steps) }),
    name,
    folder,
    task,
    network,
    stages: defaultStages(multiple * scale, taskOf(task).cut),
    learningRate: from === undefined ? defaults.learningRate : fineTuningRate,
    ...(from !== undefined && { from }),
  };
  if (pictures) await writeCollection(options.run, pictures, options.noisyPaths);
  await files.writeRun(run);
  return run;
}

/** The error with a sentence for the person, where the system's own says nothing to them. */
function explained(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') return error;
  const message = `The disk is full, so ${name} is paused: free some space, then resume it.`;
  return new RelumeError({ code: 'disk-full', message });
}

async function pauseStatus(folder: string, error: unknown): Promise<void> {
  const status = await readStatus(folder);
  if (!status) return;
  const { reason: _, ...rest } = status;
  const { code, message } = toFailure(error);
  // On a full disk even this may fail; the reason is on its way to the person already.
  await writeStatus(folder, {
    ...rest,
    state: 'paused',
    ...(code !== 'cancelled' && { reason: message }),
  }).catch(() => undefined);
}
