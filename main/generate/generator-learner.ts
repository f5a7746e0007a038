/** A generator in the making, as a run trains it: measured and looked at on held-out pictures. */
import type { StepReport, TrainingState } from '../engine/trainer.ts';
import type { BestWeights } from '../train/best-weights.ts';
import type { Checkpoint } from '../train/run-files.ts';
import type { RunRecorder } from '../train/run-recorder.ts';
import type { TrainingDevice } from '../train/training-device.ts';
import { guessedSteps, type RunLearner } from '../train/training-session.ts';
import { loadCoder } from './coder-onnx.ts';
import type { GeneratorCollection } from './collection.ts';
import { Learner } from './learner.ts';
import { writePreviewRows } from './preview-rows.ts';
import type { GeneratorRun } from './run.ts';

interface Parts {
  /** The run's folder. */
  readonly folder: string;
  readonly collection: GeneratorCollection;
  readonly device: TrainingDevice;
  readonly recorder: RunRecorder;
  readonly best: BestWeights;
}

export class GeneratorLearner implements RunLearner<GeneratorRun> {
  readonly #run: GeneratorRun;
  readonly #parts: Parts;
  readonly earlyLooks = [20, 50, 100, 200];
  /** Batches are made between two steps. */
  readonly waited = 0;
  #learner: Learner;

  private constructor(run: GeneratorRun, parts: Parts, learner: Learner) {
    this.#run = run;
    this.#parts = parts;
    this.#learner = learner;
  }

  static async open(run: GeneratorRun, found: Checkpoint | undefined, parts: Parts) {
    return new GeneratorLearner(run, parts, await learnerAt(run, found, parts));
  }

  get state(): TrainingState {
    return this.#learner.state;
  }

  get device(): string {
    return this.#learner.device;
  }

  takeNote(): string | undefined {
    return this.#parts.device.takeNote();
  }

  get networks(): Learner {
    return this.#learner;
  }

  step(step: number, rate: number, { steps = guessedSteps }: GeneratorRun): Promise<StepReport> {
    return this.#learner.step(step, steps, rate);
  }

  async evaluate(step: number): Promise<{ heldOut: Record<string, number> }> {
    const { recorder, best, folder, collection } = this.#parts;
    const { loss, parts } = await this.#learner.measure();
    const measured = { loss, ...parts };
    const coder = await loadCoder(this.#run.recipe, this.#learner.coder());
    const count = await writePreviewRows(folder, coder, collection.heldOut);
    await coder.dispose();
    recorder.change({ measured, previews: { step, count } });
    // Two players keep an adversarial loss in balance: it says nothing of which weights are better.
    const score = this.#run.recipe.kind === 'aae' ? step : -loss;
    await best.offer({ step, score, ema: this.state.ema });
    return { heldOut: measured };
  }

  async restart(found: Checkpoint | undefined, run: GeneratorRun): Promise<void> {
    await this.close();
    this.#learner = await learnerAt(run, found, this.#parts);
  }

  close(): Promise<void> {
    return this.#learner.close();
  }
}

function learnerAt({ recipe }: GeneratorRun, found: Checkpoint | undefined, { collection, device }: Parts) {
  return Learner.create(recipe, collection, {
    device: device.id,
    parts: device.partsOf(recipe.batch),
    onTrouble: (trouble) => device.meet(trouble),
    state: found?.state,
  });
}
