/** The training run of a generator, from a collection to a finished model. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DeviceId, Refused } from '../../preload/contract.ts';
import { parameterCount } from '../engine/parameters.ts';
import { objectiveParameters } from '../engine/trainer.ts';
import { bundledModels, ownModels } from '../library/paths.ts';
import { replaceFile } from '../library/write-file.ts';
import { type LogEntry, RunError, RunFiles } from '../train/run-files.ts';
import { stepsPerEpoch } from './batches.ts';
import { loadCoder } from './coder-onnx.ts';
import { type GeneratorCollection, readCollection } from './collection.ts';
import { finish } from './finish.ts';
import { writeGenerator } from './generator-files.ts';
import { Learner } from './learner.ts';
import { autoencoderObjective } from './objective.ts';
import { pictureLossOf } from './picture-losses.ts';
import { previewSheet } from './preview-sheet.ts';
import { contradiction, type Recipe } from './recipe.ts';
import { type GeneratorRun, generatorRunSchema } from './run.ts';
import type { Source } from './source.ts';

/** At most so many steps pass between two evaluations; a short epoch is not evaluated each time. */
const evaluationSteps = { min: 100, max: 500 } as const;
const checkpointSeconds = 60;

export interface GeneratorRequest {
  /** Folder of the run, where its log, checkpoints and preview are kept. */
  readonly run: string;
  /** The model's id. */
  readonly name: string;
  readonly source: Source;
  /** Its classes are read from the collection. */
  readonly recipe: Omit<Recipe, 'classes'>;
  /** Goes on from the last checkpoint; what else is asked for then comes from the run itself. */
  readonly resume: boolean;
  readonly device: DeviceId;
}

export type GeneratorProgress =
  | { readonly kind: 'reading'; readonly share: number }
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      /** Of the loss, e.g. reconstruction and kl. */
      readonly parts: Readonly<Record<string, number>>;
      readonly secondsPerStep: number;
      /** Held-out loss and its parts, at evaluations only; preview.png in the run's folder is then new. */
      readonly heldOut?: Readonly<Record<string, number>>;
    };

export interface GeneratorResult {
  readonly model: string;
  readonly steps: number;
  readonly refused: readonly Refused[];
}

/**
 * Trains until the steps are done, or until cancelled; a cancelled run keeps a checkpoint to go on from.
 *
 * @throws RunError, CollectionError
 */
export async function trainGenerator(
  request: GeneratorRequest,
  signal: AbortSignal,
  progress: (value: GeneratorProgress) => void,
): Promise<GeneratorResult> {
  const files = new RunFiles(request.run, generatorRunSchema);
  const kept = request.resume ? await files.readRun() : undefined;
  if (!kept) refuse(files, request);
  const { source, recipe: wanted } = kept ?? request;
  const collection = await readCollection(source, wanted, signal, (share) =>
    progress({ kind: 'reading', share }),
  );
  const run = kept ?? newRun(request, collection);
  if (!kept) await files.writeRun(run);
  const session = await GeneratorSession.open(run, files, collection, request.device);
  try {
    await session.advance(signal, progress);
    await session.checkpoint();
    signal.throwIfAborted();
    await session.publish();
    return { model: run.name, steps: run.steps, refused: collection.refused };
  } finally {
    await session.close();
  }
}

/** @throws RunError when the name is taken or the recipe contradicts itself */
function refuse(files: RunFiles<GeneratorRun>, { name, recipe }: GeneratorRequest): void {
  const reason = contradiction(recipe);
  if (reason !== undefined) throw new RunError(reason);
  if (files.exists) {
    throw new RunError(
      `There is a run named ${name} already: go on with --resume, or choose another --name.`,
    );
  }
  if (existsSync(join(bundledModels, name))) {
    throw new RunError(`${name} is the name of a bundled model: choose another --name.`);
  }
}

/** @throws RunError when classes are needed and there are none */
function newRun({ name, source, recipe }: GeneratorRequest, collection: GeneratorCollection): GeneratorRun {
  const classes = recipe.kind === 'cvae' ? [...collection.classes] : [];
  if (recipe.kind === 'cvae' && classes.length === 0) {
    throw new RunError(
      'Without classes there is nothing to choose from: put the pictures of each class into a folder of its own, ' +
        'or name a table with --classes.',
    );
  }
  const steps = Math.max(1, Math.round(recipe.epochs * stepsPerEpoch(collection.training, recipe)));
  return { name, source, recipe: { ...recipe, classes }, steps, checkpointSeconds };
}

class GeneratorSession {
  readonly #run: GeneratorRun;
  readonly #files: RunFiles<GeneratorRun>;
  readonly #collection: GeneratorCollection;
  readonly #learner: Learner;
  readonly #started = performance.now();
  readonly #firstStep: number;
  #step: number;
  #unlogged: LogEntry[] = [];
  #saved = performance.now();

  private constructor(
    run: GeneratorRun,
    files: RunFiles<GeneratorRun>,
    collection: GeneratorCollection,
    learner: Learner,
    step: number,
  ) {
    this.#run = run;
    this.#files = files;
    this.#collection = collection;
    this.#learner = learner;
    this.#step = step;
    this.#firstStep = step;
  }

  static async open(
    run: GeneratorRun,
    files: RunFiles<GeneratorRun>,
    collection: GeneratorCollection,
    device: DeviceId,
  ) {
    const { recipe, steps } = run;
    const specs = objectiveParameters(autoencoderObjective(recipe, await pictureLossOf(recipe)));
    const found = await files.readCheckpoint(parameterCount(specs));
    const learner = await Learner.create(recipe, steps, collection, device, found?.state);
    return new GeneratorSession(run, files, collection, learner, found?.step ?? 0);
  }

  /** Steps until the end of the run or until the signal. */
  async advance(signal: AbortSignal, progress: (value: GeneratorProgress) => void): Promise<void> {
    while (!signal.aborted && this.#step < this.#run.steps) {
      const { step, loss, parts = {}, heldOut } = await this.#advanceOne();
      progress({
        kind: 'step',
        step,
        steps: this.#run.steps,
        epoch: Math.floor((step - 1) / this.#perEpoch) + 1,
        loss,
        parts,
        secondsPerStep: (performance.now() - this.#started) / 1000 / (step - this.#firstStep),
        ...(heldOut && { heldOut }),
      });
      if (performance.now() - this.#saved > this.#run.checkpointSeconds * 1000) await this.checkpoint();
      // The engine blocks the event loop while it runs: let a cancel be heard.
      await setImmediate();
    }
  }

  async #advanceOne(): Promise<LogEntry> {
    const start = performance.now();
    const step = this.#step + 1;
    const report = await this.#learner.step(step);
    if (!Number.isFinite(report.loss)) {
      throw new RunError(`The loss is no longer a number at step ${step}; the last checkpoint is kept.`);
    }
    this.#step = step;
    const seconds = (performance.now() - start) / 1000;
    const heldOut = this.#evaluatesAt(step) ? await this.#evaluate() : undefined;
    const entry = { step, ...report, learningRate: this.#learner.rateAt(step), seconds };
    this.#unlogged.push(heldOut ? { ...entry, heldOut } : entry);
    return heldOut ? { ...entry, heldOut } : entry;
  }

  get #perEpoch(): number {
    return stepsPerEpoch(this.#collection.training, this.#run.recipe);
  }

  #evaluatesAt(step: number): boolean {
    const every = Math.min(evaluationSteps.max, Math.max(evaluationSteps.min, this.#perEpoch));
    return step % every === 0 || step === this.#run.steps;
  }

  /** Measures on held-out pictures, and draws what the networks make of the first of them. */
  async #evaluate(): Promise<Record<string, number>> {
    const coder = await loadCoder(this.#run.recipe, this.#learner.coder());
    const sheet = await previewSheet(coder, this.#collection.heldOut);
    await coder.dispose();
    await replaceFile(join(this.#files.folder, 'preview.png'), [sheet]);
    const { loss, parts } = await this.#learner.measure();
    return { loss, ...parts };
  }

  async checkpoint(): Promise<void> {
    await this.#files.writeCheckpoint({ step: this.#step, state: this.#learner.state });
    await this.#files.log(this.#unlogged.splice(0));
    this.#saved = performance.now();
  }

  async publish(): Promise<void> {
    const { name, recipe, source } = this.#run;
    const onnx = this.#learner.coder();
    const coder = await loadCoder(recipe, onnx);
    const { training, scores } = await finish(coder, this.#collection, await this.#learner.measure());
    await coder.dispose();
    const { classes } = this.#collection;
    const pictures = this.#collection.training.count;
    const card = {
      id: name,
      name,
      task: 'generate' as const,
      summary: `Draws pictures like the ${pictures} it was trained on.`,
      licence: 'Your own: it follows the licences of the pictures it was trained on.',
      data:
        source.kind === 'digits'
          ? `${pictures} handwritten digits of MNIST`
          : `${pictures} pictures in ${source.folder}`,
      recipe,
      steps: this.#step,
      pictures,
      parameters: parameterCount(this.#learner.specs),
      scores,
    };
    await writeGenerator(join(ownModels(), name), card, onnx, { ...training, classes });
  }

  close(): Promise<void> {
    return this.#learner.close();
  }
}
