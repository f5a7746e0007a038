/** A training run, from a folder of photos to a published model. */
import { join } from 'node:path';
import { type NetworkName, networks } from '../../models/networks.ts';
import type { DeviceId, RunStatus, TrainingTask } from '../../preload/contract.ts';
import { chooseDevice } from '../engine/devices.ts';
import { type ParameterSpec, parameterCount } from '../engine/parameters.ts';
import { objectiveParameters } from '../engine/trainer.ts';
import { ownModels } from '../library/paths.ts';
import { BestWeights } from './best-weights.ts';
import type { Collection } from './collection.ts';
import type { NoisyPaths, Split } from './dataset/split.ts';
import { Judge } from './judge.ts';
import { owned, refuseTaken } from './owned-run.ts';
import { squareSide } from './patch-batch.ts';
import { PhotoCache } from './photos.ts';
import { publishModel } from './publish-model.ts';
import { readCollection, writeCollection } from './run-collection.ts';
import { type Run, RunFiles, runSchema } from './run-files.ts';
import { RunRecorder } from './run-recorder.ts';
import { takeRequest } from './run-status.ts';
import { seenFeatures } from './seen-features.ts';
import { objectiveOf, startingState } from './stage-engine.ts';
import { StageLearner } from './stage-learner.ts';
import { defaultStages, pixelsUntil, stageAt } from './stages.ts';
import { taskOf } from './tasks/task.ts';
import { type OnDeviceFailed, type Recovery, TrainingDevice } from './training-device.ts';
import { evaluationStepsFor, type SessionReport, TrainingSession, type Weights } from './training-session.ts';
import { writeVerdict } from './verdict.ts';

/** Photos are looked at one by one when a model is finished. */
const featurePhotoBytes = 2 ** 26;
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
  /** Set where its process has crashed before. */
  readonly recovery?: Recovery;
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
  /** What has happened so far, the latest, that the person should know. */
  readonly note?: string | undefined;
}

export interface Trained {
  readonly model: string;
  readonly steps: number;
  /** Whether the model is any better, in one sentence. */
  readonly verdict: string;
  /** As the progress has it. */
  readonly note?: string | undefined;
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
  const device = new TrainingDevice(chooseDevice(options.device), onDeviceFailed, options.recovery);
  const files = new RunFiles(options.run, runSchema);
  if (!options.resume) {
    refuseTaken(files, options.name);
    // Before there is a run, which would stand in the way of the next try.
    const run = newRun(options);
    await startingState(specsOf(run), run);
  }
  return owned(options.run, options.name, () => trainOwned(files, options, device, signal, progress));
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
  const recorder = new RunRecorder(files, known(collection));
  const specs = specsOf(run);
  const best = await BestWeights.open(files, parameterCount(specs));
  const judge = new Judge(run, files, collection, recorder, best);
  if (best.current) recorder.change({ best: { step: best.current.step, psnr: best.current.score } });
  const session = await TrainingSession.open({
    run,
    files,
    recorder,
    best,
    count: parameterCount(specs),
    learner: (found) => StageLearner.open(run, found, { collection, device, specs, judge }),
  });
  const report = ({ entry: { step, loss, psnr }, ...pace }: SessionReport) =>
    progress({ step, loss, ...pace, ...(psnr !== undefined && { psnr }) });
  try {
    return await session.conclude({ toEnd: options.finish !== true, signal, report }, async (weights) => {
      await publish(session.run, collection, judge, weights);
      const { sentence } = await writeVerdict(options.run, run, collection);
      const { note } = recorder.status;
      return { model: run.name, steps: session.step, verdict: sentence, note };
    });
  } finally {
    await session.close();
  }
}

/** What can be said before the first step. */
function known({ training, heldOut, refused }: Collection): Partial<RunStatus> {
  const [first] = refused;
  return {
    training: training.length,
    heldOut: heldOut.length,
    ...(first && { note: `${refused.length} pictures are left out: ${first.reason}` }),
  };
}

async function publish(
  run: Run,
  { training, noisyPaths }: Collection,
  judge: Judge,
  { step, ema }: Weights,
): Promise<void> {
  const { name, folder, task, network } = run;
  const photos = new PhotoCache(featurePhotoBytes, { learnsFrom: taskOf(task).learnsFrom, noisyPaths });
  await publishModel(join(ownModels(), name), networks[network], ema, {
    name,
    folder,
    task,
    photos: training.length,
    steps: step,
    pixels: pixelsUntil(run, step),
    scores: await judge.measure(ema, step),
    features: await seenFeatures(training, taskOf(task), (path) => photos.get(path)),
  });
}

/** What is trained in it. */
function specsOf(run: Run): ParameterSpec[] {
  return objectiveParameters(objectiveOf(run, stageAt(run, 1)));
}

async function createRun(files: RunFiles<Run>, options: TrainOptions): Promise<Run> {
  const run = newRun(options);
  if (options.pictures) await writeCollection(options.run, options.pictures, options.noisyPaths);
  await files.writeRun(run);
  return run;
}

function newRun({ name, folder, task, network, from, steps, minutes = defaultMinutes }: TrainOptions): Run {
  const { multiple, scale } = networks[network];
  return {
    kind: 'restore',
    ...defaults,
    ...(steps === undefined ? { minutes } : { steps, evaluationSteps: evaluationStepsFor(steps) }),
    name,
    folder,
    task,
    network,
    stages: defaultStages(multiple * scale, taskOf(task).cut),
    learningRate: from === undefined ? defaults.learningRate : fineTuningRate,
    ...(from !== undefined && { from }),
  };
}
