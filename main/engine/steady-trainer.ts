/** Training that goes on in smaller parts when memory runs out, and on the CPU when its device fails. */
import type { Device } from '../../preload/contract.ts';
import { firstSentence, RelumeError } from '../library/failure.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import type { Batch, StepReport, Trainer, TrainingState } from './trainer.ts';

/** What went wrong, and how training goes on. */
export type Trouble =
  /** On the CPU. Its reason is a sentence. */
  | { readonly kind: 'device-failed'; readonly reason: string }
  /** On the CPU: the device has too little memory for even the smallest part, which is no fault of it. */
  | { readonly kind: 'device-too-small' }
  /** In so many parts. */
  | { readonly kind: 'batch-divided'; readonly parts: number };

/** On what, and in how many parts a batch is taken. */
export interface Footing {
  readonly id: Device['id'];
  readonly parts: number;
}

export interface SteadyTrainerOptions {
  readonly open: (footing: Footing, state: TrainingState) => Promise<Trainer>;
  /** Whether a batch can be taken in so many parts. */
  readonly isDivisible: (parts: number) => boolean;
  readonly onTrouble: (trouble: Trouble) => void;
}

/** A step that throws, or that gives no numbers, is taken again from the state before it. */
export class SteadyTrainer implements Trainer {
  readonly #options: SteadyTrainerOptions;
  #footing: Footing;
  #trainer: Trainer;

  private constructor(options: SteadyTrainerOptions, footing: Footing, trainer: Trainer) {
    this.#options = options;
    this.#footing = footing;
    this.#trainer = trainer;
  }

  /** @throws {RelumeError} 'out-of-memory' when even the CPU has too little; what else the CPU throws */
  static async open(
    options: SteadyTrainerOptions,
    first: Footing,
    state: TrainingState,
  ): Promise<SteadyTrainer> {
    const { footing, trainer } = await openOn(options, first, state);
    return new SteadyTrainer(options, footing, trainer);
  }

  get device(): string {
    return this.#trainer.device;
  }

  get state(): TrainingState {
    return this.#trainer.state;
  }

  async step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport> {
    const before = this.#trainer.state;
    try {
      const report = await this.#trainer.step(batch, step, learningRate, emaDecay);
      // On the CPU they are the run's own.
      if (isNumbers(report) || this.#footing.id === 'cpu') return report;
      throw new Error('It gave values that are not numbers.');
    } catch (error) {
      await this.#yieldTo(error, before);
      return this.step(batch, step, learningRate, emaDecay);
    }
  }

  async #yieldTo(error: unknown, state: TrainingState): Promise<void> {
    const next = footingAfter(error, this.#footing, this.#options);
    // What is lost may not even be given back any more, and its memory went with it.
    await this.#trainer.dispose().catch((failure: unknown) => process.stderr.write(`${failure}\n`));
    const { footing, trainer } = await openOn(this.#options, next, state);
    this.#footing = footing;
    this.#trainer = trainer;
  }

  dispose(): Promise<void> {
    return this.#trainer.dispose();
  }
}

async function openOn(
  options: SteadyTrainerOptions,
  footing: Footing,
  state: TrainingState,
): Promise<{ footing: Footing; trainer: Trainer }> {
  try {
    return { footing, trainer: await options.open(footing, state) };
  } catch (error) {
    return openOn(options, footingAfter(error, footing, options), state);
  }
}

/** @throws the error where nothing else is left to try */
function footingAfter(
  error: unknown,
  { id, parts }: Footing,
  { isDivisible, onTrouble }: SteadyTrainerOptions,
): Footing {
  if (isOutOfMemory(error)) {
    if (isDivisible(2 * parts)) {
      onTrouble({ kind: 'batch-divided', parts: 2 * parts });
      return { id, parts: 2 * parts };
    }
    if (id === 'cpu') throw outOfMemory();
    onTrouble({ kind: 'device-too-small' });
    return { id: 'cpu', parts: 1 };
  }
  if (id === 'cpu') throw error;
  onTrouble({ kind: 'device-failed', reason: firstSentence(error) });
  return { id: 'cpu', parts: 1 };
}

const outOfMemory = () =>
  new RelumeError({
    code: 'out-of-memory',
    message:
      'The memory is not enough to train this network, even a picture at a time: close other programs, or choose a smaller network.',
  });

const isNumbers = ({ loss, gradientNorm }: StepReport) =>
  Number.isFinite(loss) && Number.isFinite(gradientNorm);
