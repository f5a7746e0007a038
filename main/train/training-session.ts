/** A run in training: step after step, measured on the way, back to the last checkpoint when it falls apart. */
import type { TrainingState } from '../engine/trainer.ts';
import type { BestWeights } from './best-weights.ts';
import { Divergence } from './divergence.ts';
import {
  type Best,
  type Checkpoint,
  type LogEntry,
  type Measured,
  type Pace,
  RunError,
  type RunFiles,
} from './run-files.ts';
import type { RunRecorder } from './run-recorder.ts';
import { learningRate } from './schedule.ts';

const defaultMinutes = 30;
/** Steps after which a time budget is turned into a number of steps. */
const timedSteps = 30;
/** Steps that a run is taken to have until then. */
export const guessedSteps = 100 * timedSteps;
/** A run is measured about so many times, but not more often than every so many steps, nor more seldom. */
const evaluations = { count: 20, fewest: 20, most: 500 } as const;
/** Times that a run may go back and try with half the rate. */
const mostReturns = 4;

/** Steps between two measurements of a run of this length. */
export function evaluationStepsFor(steps: number): number {
  return Math.min(evaluations.most, Math.max(evaluations.fewest, Math.round(steps / evaluations.count)));
}

/** What learns in a run; the session says when. */
export interface RunLearner<R extends Pace> {
  readonly state: TrainingState;
  /** By name. */
  readonly device: string;
  /** What has happened since this was asked for last that the person should know. */
  takeNote(): string | undefined;
  /** Milliseconds that it has waited for batches. */
  readonly waited: number;
  /** Steps of a long run after which it is measured before its time, so that there is something to look at. */
  readonly earlyLooks: readonly number[];
  step(step: number, rate: number, run: R): Promise<Pick<LogEntry, 'loss' | 'gradientNorm' | 'parts'>>;
  /** Measures on held-out pictures and offers the weights as the best; answers what belongs in the log. */
  evaluate(step: number): Promise<Omit<Measured, 'step'>>;
  /** Goes on from a checkpoint, or from the start without one. */
  restart(found: Checkpoint | undefined, run: R): Promise<void>;
  close(): Promise<void>;
}

export interface SessionReport {
  readonly entry: LogEntry;
  /** 0 until a time budget has been turned into steps. */
  readonly steps: number;
  readonly secondsPerStep: number;
  /** Share of the time that the engine waited for data. */
  readonly waiting: number;
  /** What has happened so far, the latest, that the person should know. */
  readonly note?: string | undefined;
}

export type Weights = Pick<Best, 'step' | 'ema'>;

interface Conclusion {
  readonly toEnd: boolean;
  readonly signal: AbortSignal;
  readonly report: (value: SessionReport) => void;
}

/** How training came to an end. */
type Ending = 'finished' | 'stopped' | 'paused';

interface Opening<R extends Pace, L> {
  readonly run: R;
  readonly files: RunFiles<R>;
  readonly recorder: RunRecorder;
  readonly best: BestWeights;
  /** Of the network's parameters. */
  readonly count: number;
  readonly learner: (found: Checkpoint | undefined) => Promise<L>;
}

export class TrainingSession<R extends Pace, L extends RunLearner<R>> {
  readonly learner: L;
  readonly #best: BestWeights;
  readonly #files: RunFiles<R>;
  readonly #recorder: RunRecorder;
  readonly #count: number;
  #divergence = new Divergence();
  #run: R;
  #step: number;
  /** The step that was measured last. */
  #evaluated: number | undefined;
  #returns = 0;
  /** Steps done, and milliseconds spent on them, since this session began. */
  #done = 0;
  #spent = 0;
  #saved = performance.now();

  private constructor({ run, files, recorder, best, count }: Opening<R, L>, learner: L, step: number) {
    this.#run = run;
    this.#files = files;
    this.#recorder = recorder;
    this.#best = best;
    this.#count = count;
    this.learner = learner;
    this.#step = step;
  }

  /** Opens the run at its newest checkpoint. */
  static async open<R extends Pace, L extends RunLearner<R>>(
    opening: Opening<R, L>,
  ): Promise<TrainingSession<R, L>> {
    const { run, files, recorder } = opening;
    const found = await files.readCheckpoint(opening.count);
    const step = found?.step ?? 0;
    await files.trimLog(step);
    const learner = await opening.learner(found);
    recorder.change({ step, steps: run.steps ?? 0, device: learner.device });
    return new TrainingSession(opening, learner, step);
  }

  /** The run as it is now: its length becomes known, and its learning rate may fall. */
  get run(): R {
    return this.#run;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Steps until the end of the run, until the signal, or until another process asks for an end. */
  async #advance(signal: AbortSignal, report: (value: SessionReport) => void): Promise<Ending> {
    await this.#recorder.flush();
    while (this.#step < (this.#run.steps ?? Number.POSITIVE_INFINITY)) {
      if (signal.aborted) return 'paused';
      const entry = await this.#advanceOne();
      if (entry) report(this.#progress(entry));
      if (
        !this.#divergence.suspicious &&
        performance.now() - this.#saved > this.#run.checkpointSeconds * 1000
      ) {
        await this.#checkpoint();
      }
      const asked = await this.#recorder.turn();
      if (asked !== undefined) return asked === 'pause' ? 'paused' : 'stopped';
      if (this.#best.hasStalled && this.#step > (this.#run.steps ?? Number.POSITIVE_INFINITY) / 2) {
        this.#recorder.change({ note: 'Ended early: the last measurements brought nothing better.' });
        return 'stopped';
      }
      // The engine blocks the event loop while it runs: let a cancel be heard.
      await new Promise((resume) => setImmediate(resume));
    }
    return 'finished';
  }

  /** @returns undefined when the run fell apart and went back */
  async #advanceOne(): Promise<LogEntry | undefined> {
    const start = performance.now();
    const step = this.#step + 1;
    const rate = learningRate(this.#run.learningRate, step, this.#run.steps ?? guessedSteps);
    const report = await this.learner.step(step, rate, this.#run);
    const note = this.#takeNote();
    if (this.#divergence.add(report.loss)) {
      await this.#goBack(step);
      return undefined;
    }
    this.#step = step;
    this.#done += 1;
    this.#spent += performance.now() - start;
    const seconds = (performance.now() - start) / 1000;
    if (this.#run.steps === undefined && this.#isTimed) await this.#fixLength();
    const measured = this.#evaluatesAt(step) ? await this.#evaluate() : {};
    const entry = { step, ...report, learningRate: rate, seconds, ...measured, ...note };
    this.#recorder.add(entry);
    return entry;
  }

  #evaluatesAt(step: number): boolean {
    const { steps, evaluationSteps } = this.#run;
    return step % evaluationSteps === 0 || step === steps || this.learner.earlyLooks.includes(step);
  }

  #evaluate(): Promise<Omit<Measured, 'step'>> {
    this.#evaluated = this.#step;
    return this.learner.evaluate(this.#step);
  }

  #takeNote(): { note?: string } {
    const note = this.learner.takeNote();
    if (note === undefined) return {};
    this.#recorder.change({ device: this.learner.device, note });
    return { note };
  }

  /**
   * Back to the last checkpoint, or to the start where there is none yet, with half the learning rate.
   *
   * @throws RunError when that has been tried too often
   */
  async #goBack(at: number): Promise<void> {
    this.#returns += 1;
    if (this.#returns > mostReturns) {
      throw new RunError(
        `${this.#run.name} diverges at step ${at} whatever the learning rate: are the pictures what they should be?`,
      );
    }
    const found = await this.#files.readCheckpoint(this.#count);
    const step = found?.step ?? 0;
    await this.#recorder.backTo(step);
    this.#run = { ...this.#run, learningRate: this.#run.learningRate / 2 };
    await this.#files.writeRun(this.#run);
    this.#step = step;
    this.#divergence = new Divergence();
    await this.learner.restart(found, this.#run);
    this.#recorder.change({
      step,
      note: `The loss fell apart at step ${at}: went back to step ${step}, with half the learning rate.`,
    });
  }

  /** Enough steps to go by; on a slow computer the budget may be gone before. */
  get #isTimed(): boolean {
    return this.#done >= timedSteps || this.#spent > this.#minutes * 60_000;
  }

  get #minutes(): number {
    return this.#run.minutes ?? defaultMinutes;
  }

  /** Turns the time budget into steps, so that the learning rate falls to its end in time. */
  async #fixLength(): Promise<void> {
    const steps = Math.max(this.#step, Math.round((this.#minutes * 60) / this.#secondsPerStep));
    this.#run = { ...this.#run, steps, evaluationSteps: evaluationStepsFor(steps) };
    await this.#files.writeRun(this.#run);
  }

  get #secondsPerStep(): number {
    return this.#spent / 1000 / Math.max(1, this.#done);
  }

  #progress(entry: LogEntry): SessionReport {
    const steps = this.#run.steps ?? 0;
    const secondsPerStep = this.#secondsPerStep;
    const waiting = this.learner.waited / Math.max(1, this.#spent);
    this.#recorder.change({ step: entry.step, steps, loss: entry.loss, secondsPerStep, waiting });
    return { entry, steps, secondsPerStep, waiting, note: this.#recorder.status.note };
  }

  async #checkpoint(): Promise<void> {
    await this.#recorder.flush();
    await this.#files.writeCheckpoint({ step: this.#step, state: this.learner.state });
    this.#saved = performance.now();
  }

  /**
   * Advances to the end that is near: publishes what is finished or stopped, and keeps what is paused.
   *
   * @param toEnd training on first; without it what a paused run has is published
   * @throws an AbortError when paused
   */
  async conclude<T>(
    { toEnd, signal, report }: Conclusion,
    publish: (best: Weights) => Promise<T>,
  ): Promise<T> {
    const ending: Ending = toEnd ? await this.#advance(signal, report) : 'stopped';
    await this.#checkpoint();
    if (ending === 'paused') throw new DOMException('Paused.', 'AbortError');
    this.#recorder.change({ phase: { name: 'finishing', share: 0 } });
    await this.#recorder.flush();
    const published = await publish(await this.#bestOfAll());
    this.#recorder.finish();
    await this.#recorder.flush();
    return published;
  }

  /** The best weights of all, those that training has reached included. */
  async #bestOfAll(): Promise<Weights> {
    if (this.#evaluated !== this.#step) {
      this.#recorder.add({ step: this.#step, ...(await this.#evaluate()) });
    }
    return this.#best.current ?? { step: this.#step, ema: this.learner.state.ema };
  }

  close(): Promise<void> {
    return this.learner.close();
  }
}
