/** The training run of a generator, from a collection to a finished model. */
import {
  contradiction,
  type DeviceId,
  type GeneratorSource,
  type Recipe,
  type Refused,
} from '../../preload/contract.ts';
import { chooseDevice } from '../engine/devices.ts';
import { parameterCount } from '../engine/parameters.ts';
import { objectiveParameters } from '../engine/trainer.ts';
import { BestWeights } from '../train/best-weights.ts';
import type { Split } from '../train/dataset/split.ts';
import { owned, refuseTaken } from '../train/owned-run.ts';
import { readList, writeCollection } from '../train/run-collection.ts';
import { RunError, RunFiles } from '../train/run-files.ts';
import { RunRecorder } from '../train/run-recorder.ts';
import { takeRequest } from '../train/run-status.ts';
import { type OnDeviceFailed, type Recovery, TrainingDevice } from '../train/training-device.ts';
import { evaluationStepsFor, type SessionReport, TrainingSession } from '../train/training-session.ts';
import { stepsPerEpoch } from './batches.ts';
import { type GeneratorCollection, readCollection, requireSource } from './collection.ts';
import { GeneratorLearner } from './generator-learner.ts';
import { autoencoderObjective } from './objective.ts';
import { pictureLossOf } from './picture-losses.ts';
import { publishGenerator } from './publish-generator.ts';
import { type GeneratorRun, generatorRunSchema } from './run.ts';
import { forgetSquares } from './square-cache.ts';

const defaults = { checkpointSeconds: 60, evaluationSteps: 500 } as const;

export interface GeneratorRequest {
  /** Folder of the run, where its log, checkpoints and previews are kept. */
  readonly run: string;
  /** The model's id. */
  readonly name: string;
  readonly source: GeneratorSource;
  /** Which pictures of the folder to train on and to measure on; all, by their names, when absent. */
  readonly pictures?: Split;
  /** Its classes are read from the collection. */
  readonly recipe: Omit<Recipe, 'classes'>;
  /** Its length, instead of the recipe's epochs. */
  readonly steps?: number;
  readonly minutes?: number;
  /** Goes on from the last checkpoint; what else is asked for then comes from the run itself. */
  readonly resume: boolean;
  /** Publishes what a paused run has, without training on. */
  readonly finish?: boolean;
  readonly device: DeviceId;
  /** Set where its process has crashed before. */
  readonly recovery?: Recovery;
}

export type GeneratorProgress =
  | { readonly kind: 'reading'; readonly share: number }
  | {
      readonly kind: 'step';
      readonly step: number;
      /** 0 until a time budget has been turned into steps. */
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      /** Of the loss, e.g. reconstruction and kl. */
      readonly parts: Readonly<Record<string, number>>;
      readonly secondsPerStep: number;
      /** Held-out loss and its parts, at evaluations only; the previews in the run's folder are then new. */
      readonly heldOut?: Readonly<Record<string, number>>;
    };

export interface GeneratorResult {
  readonly model: string;
  readonly steps: number;
  readonly refused: readonly Refused[];
}

/**
 * Trains until the steps are done, or until cancelled, paused or stopped; what is not finished keeps a checkpoint to
 * go on from. Whatever goes wrong pauses the run, with the reason in its status.
 *
 * @param onDeviceFailed told of a device that failed; training goes on on the CPU
 * @throws RunError, CollectionError; an AbortError when cancelled or paused
 */
export async function trainGenerator(
  request: GeneratorRequest,
  signal: AbortSignal,
  progress: (value: GeneratorProgress) => void,
  onDeviceFailed: OnDeviceFailed = async () => undefined,
): Promise<GeneratorResult> {
  const device = new TrainingDevice(chooseDevice(request.device), onDeviceFailed, request.recovery);
  const files = new RunFiles(request.run, generatorRunSchema);
  if (!request.resume) {
    const reason = contradiction(request.recipe);
    if (reason !== undefined) throw new RunError(reason);
    refuseTaken(files, request.name);
    if (!request.pictures) await requireSource(request.source);
  }
  return owned(request.run, request.name, () => trainOwned(files, request, device, signal, progress));
}

async function trainOwned(
  files: RunFiles<GeneratorRun>,
  request: GeneratorRequest,
  device: TrainingDevice,
  signal: AbortSignal,
  progress: (value: GeneratorProgress) => void,
): Promise<GeneratorResult> {
  const wanted = request.resume ? await files.readRun() : await createRun(files, request);
  // What was asked while nobody trained is not meant for this time.
  await takeRequest(files.folder);
  const recorder = new RunRecorder(files);
  const collection = await read(wanted, files, recorder, signal, progress);
  const run = completed(wanted, collection);
  await files.writeRun(run);
  const session = await openSession(run, files, collection, recorder, device);
  const report = (value: SessionReport) => progress(stepProgress(value, run, collection));
  try {
    return await session.conclude({ toEnd: request.finish !== true, signal, report }, async (best) => {
      await publishGenerator(run, collection, session.learner.networks, best);
      await forgetSquares(files.folder);
      return { model: run.name, steps: session.step, refused: collection.refused };
    });
  } finally {
    await session.close();
  }
}

async function createRun(files: RunFiles<GeneratorRun>, request: GeneratorRequest): Promise<GeneratorRun> {
  const { name, source, recipe, pictures, steps, minutes } = request;
  const run: GeneratorRun = {
    ...defaults,
    kind: 'generate',
    name,
    source,
    recipe: { ...recipe, classes: [] },
    learningRate: recipe.learningRate,
    ...(steps !== undefined && { steps, evaluationSteps: evaluationStepsFor(steps) }),
    ...(minutes !== undefined && { minutes }),
  };
  if (pictures) await writeCollection(files.folder, pictures);
  await files.writeRun(run);
  return run;
}

/** Reads the pictures, which takes its time: others see how far it is, and may ask for an end. */
async function read(
  { source, recipe }: GeneratorRun,
  files: RunFiles<GeneratorRun>,
  recorder: RunRecorder,
  signal: AbortSignal,
  progress: (value: GeneratorProgress) => void,
): Promise<GeneratorCollection> {
  const asked = new AbortController();
  recorder.change({ phase: { name: 'reading', share: 0 } });
  await recorder.flush();
  const list = source.kind === 'folder' ? await readList(files.folder, source.folder) : undefined;
  const either = AbortSignal.any([signal, asked.signal]);
  const collection = await readCollection(
    { source, recipe, list, run: files.folder },
    either,
    async (share) => {
      progress({ kind: 'reading', share });
      recorder.change({ phase: { name: 'reading', share } });
      if ((await recorder.turn()) !== undefined) asked.abort();
    },
  );
  const { training, heldOut, refused } = collection;
  const gone = [...(list?.refused ?? []), ...refused];
  recorder.change({ training: training.count, heldOut: heldOut.count });
  if (gone[0]) recorder.change({ note: `${gone.length} pictures are left out: ${gone[0].reason}` });
  recorder.endPhase();
  return { ...collection, refused: gone };
}

/**
 * What is known of a run only when its pictures are.
 *
 * @throws RunError when classes are needed and there are none
 */
function completed(run: GeneratorRun, { training, classes }: GeneratorCollection): GeneratorRun {
  const { recipe, minutes } = run;
  const named = recipe.kind === 'cvae' && recipe.classes.length === 0 ? [...classes] : recipe.classes;
  if (recipe.kind === 'cvae' && named.length === 0) {
    throw new RunError(
      'Without classes there is nothing to choose from: put the pictures of each class into a folder of its own, ' +
        'or name a table with --classes.',
    );
  }
  const known = { ...run, recipe: { ...recipe, classes: named } };
  if (run.steps !== undefined || minutes !== undefined) return known;
  const steps = Math.max(1, Math.round(recipe.epochs * stepsPerEpoch(training, recipe)));
  return { ...known, steps, evaluationSteps: evaluationStepsFor(steps) };
}

async function openSession(
  run: GeneratorRun,
  files: RunFiles<GeneratorRun>,
  collection: GeneratorCollection,
  recorder: RunRecorder,
  device: TrainingDevice,
) {
  const objective = autoencoderObjective(run.recipe, await pictureLossOf(run.recipe));
  const count = parameterCount(objectiveParameters(objective));
  const best = await BestWeights.open(files, count);
  return TrainingSession.open({
    run,
    files,
    recorder,
    best,
    count,
    learner: (found) =>
      GeneratorLearner.open(run, found, { folder: files.folder, collection, device, recorder, best }),
  });
}

function stepProgress(
  { entry, steps, secondsPerStep }: SessionReport,
  { recipe }: GeneratorRun,
  { training }: GeneratorCollection,
): GeneratorProgress {
  const { step, loss, parts = {}, heldOut } = entry;
  const epoch = Math.floor((step - 1) / stepsPerEpoch(training, recipe)) + 1;
  return { kind: 'step', step, steps, epoch, loss, parts, secondsPerStep, ...(heldOut && { heldOut }) };
}
