/** Training that goes on on the CPU when its device fails. */
import { firstSentence } from '../library/failure.ts';
import type { Batch, StepReport, Trainer, TrainingState } from './trainer.ts';

export interface SteadyTrainerOptions {
  /** Opens a trainer on the CPU. */
  readonly onCpu: (state: TrainingState) => Promise<Trainer>;
  /** Told why the device is not used any more, as a sentence. */
  readonly onFailed: (reason: string) => void;
}

/** A step that throws, or that gives no numbers, is taken again on the CPU from the state before it. */
export class SteadyTrainer implements Trainer {
  readonly #options: SteadyTrainerOptions;
  #trainer: Trainer;
  #isOnCpu = false;

  constructor(trainer: Trainer, options: SteadyTrainerOptions) {
    this.#trainer = trainer;
    this.#options = options;
  }

  get device(): string {
    return this.#trainer.device;
  }

  get state(): TrainingState {
    return this.#trainer.state;
  }

  async step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport> {
    const take = () => this.#trainer.step(batch, step, learningRate, emaDecay);
    if (this.#isOnCpu) return take();
    const before = this.#trainer.state;
    const reason = await take().then(
      (report) => (isNumbers(report) ? report : 'It gave values that are not numbers.'),
      (error: unknown) => firstSentence(error),
    );
    if (typeof reason !== 'string') return reason;
    await this.#goOn(before, reason);
    return take();
  }

  async #goOn(state: TrainingState, reason: string): Promise<void> {
    const failed = this.#trainer;
    this.#trainer = await this.#options.onCpu(state);
    this.#isOnCpu = true;
    this.#options.onFailed(reason);
    // What is lost may not even be given back any more, and its memory went with it.
    await failed.dispose().catch((error: unknown) => process.stderr.write(`${error}\n`));
  }

  dispose(): Promise<void> {
    return this.#trainer.dispose();
  }
}

const isNumbers = ({ loss, gradientNorm }: StepReport) =>
  Number.isFinite(loss) && Number.isFinite(gradientNorm);
