/** A run in training: step after step, measured on the way, back to the last checkpoint when it falls apart. */
import { join } from 'node:path';
import { networks } from '../../models/networks.ts';
import { type ParameterSpec, parameterCount } from '../engine/parameters.ts';
import { objectiveParameters } from '../engine/trainer.ts';
import { ownModels } from '../library/paths.ts';
import type { Collection } from './collection.ts';
import { Divergence } from './divergence.ts';
import { Judge } from './judge.ts';
import { publishModel } from './publish-model.ts';
import { type Best, type LogEntry, type Run, RunError, type RunFiles } from './run-files.ts';
import { RunRecorder } from './run-recorder.ts';
import { emaDecay, learningRate } from './schedule.ts';
import { closeStage, objectiveOf, openStage, type StageEngine, startingState } from './stage-engine.ts';
import { pixelsUntil, stageAt } from './stages.ts';
import type { TrainProgress } from './train.ts';
import type { TrainingDevice } from './training-device.ts';

const defaultMinutes = 30;
/** Steps after which a time budget is turned into a number of steps. */
const timedSteps = 30;
/** A run is measured about so many times, but not more often than every so many steps, nor more seldom. */
const evaluations = { count: 20, fewest: 20, most: 500 } as const;
/** Times that a run may go back and try with half the rate. */
const mostReturns = 4;

/** How training came to an end. */
export type Ending = 'finished' | 'stopped' | 'paused';

/** Steps between two measurements of a run of this length. */
export function evaluationStepsFor(steps: number): number {
  return Math.min(evaluations.most, Math.max(evaluations.fewest, Math.round(steps / evaluations.count)));
}

export class TrainingSession {
  readonly #files: RunFiles<Run>;
  readonly #collection: Collection;
  readonly #device: TrainingDevice;
  readonly #specs: readonly ParameterSpec[];
  readonly #recorder: RunRecorder;
  readonly #judge: Judge;
  #divergence = new Divergence();
  #engine: StageEngine;
  #run: Run;
  #step: number;
  #returns = 0;
  #waited = 0;
  /** Steps done, and milliseconds spent on them, since this session began. */
  #done = 0;
  #spent = 0;
  #saved = performance.now();
  /** Why pictures are left out, as far as it was told. */
  readonly #told = new Set<string>();

  private constructor(
    run: Run,
    files: RunFiles<Run>,
    collection: Collection,
    device: TrainingDevice,
    specs: readonly ParameterSpec[],
    engine: StageEngine,
    step: number,
    best: Best | undefined,
  ) {
    this.#run = run;
    this.#files = files;
    this.#collection = collection;
    this.#device = device;
    this.#specs = specs;
    this.#engine = engine;
    this.#step = step;
    this.#recorder = new RunRecorder(files, {
      state: 'running',
      step,
      steps: run.steps ?? 0,
      secondsPerStep: 0,
      waiting: 0,
      device: engine.trainer.device,
      memoryMB: 0,
      training: collection.training.length,
      heldOut: collection.heldOut.length,
      ...(best && { best: { step: best.step, psnr: best.psnr } }),
      ...(collection.refused.length > 0 && {
        note: `${collection.refused.length} pictures are left out: ${collection.refused[0]?.reason}`,
      }),
    });
    this.#judge = new Judge(run, files, collection, this.#recorder, best);
  }

  static async open(run: Run, files: RunFiles<Run>, collection: Collection, device: TrainingDevice) {
    const specs = objectiveParameters(objectiveOf(run, stageAt(run, 1)));
    const count = parameterCount(specs);
    const found = await files.readCheckpoint(count);
    const { step, state } = found ?? { step: 0, state: await startingState(specs, run) };
    await files.trimLog(step);
    const engine = await openStage(run, step + 1, collection, device, state);
    const best = step > 0 ? await files.readBest(count) : undefined;
    return new TrainingSession(run, files, collection, device, specs, engine, step, best);
  }

  get recorder(): RunRecorder {
    return this.#recorder;
  }

  /** Steps until the end of the run, until the signal, or until another process asks for an end. */
  async advance(signal: AbortSignal, report: (value: TrainProgress) => void): Promise<Ending> {
    await this.#recorder.flush();
    if (this.#step === 0 && this.#run.from !== undefined) await this.#measureStart();
    while (this.#step < (this.#run.steps ?? Number.POSITIVE_INFINITY)) {
      if (signal.aborted) return 'paused';
      const entry = await this.#advanceOne();
      if (entry) report(this.#progress(entry));
      if (
        !this.#divergence.suspicious &&
        performance.now() - this.#saved > this.#run.checkpointSeconds * 1000
      ) {
        await this.checkpoint();
      }
      const asked = await this.#recorder.turn();
      if (asked !== undefined) return asked === 'pause' ? 'paused' : 'stopped';
      if (this.#judge.hasStalled(this.#step, this.#run.steps ?? Number.POSITIVE_INFINITY)) {
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
    const rate = learningRate(this.#run.learningRate, step, this.#run.steps ?? timedSteps * 100);
    const { batches, trainer } = await this.#engineFor(step);
    const batch = await batches.take(step);
    const { loss, gradientNorm } = await trainer.step(batch, step, rate, emaDecay(step));
    const note = this.#news();
    if (this.#divergence.add(loss)) {
      await this.#goBack(step);
      return undefined;
    }
    this.#step = step;
    this.#done += 1;
    this.#spent += performance.now() - start;
    const seconds = (performance.now() - start) / 1000;
    if (this.#run.steps === undefined && this.#done === timedSteps) await this.#fixLength();
    const psnr = step % this.#run.evaluationSteps === 0 ? { psnr: await this.#evaluate() } : {};
    const entry = { step, loss, gradientNorm, learningRate: rate, seconds, ...psnr, ...note };
    this.#recorder.add(entry);
    return entry;
  }

  /** What has happened to the device, or to pictures, since it was told last. */
  #news(): { note?: string } {
    const { trainer, batches } = this.#engine;
    const unusable = batches.unusable.filter((reason) => !this.#told.has(reason));
    for (const reason of unusable) this.#told.add(reason);
    const left = unusable.length === 0 ? undefined : `Left out from now on: ${unusable.join(' ')}`;
    const note = [this.#device.takeNote(), left].filter((line) => line !== undefined).join(' ');
    if (note === '') return {};
    this.#recorder.change({ device: trainer.device, note });
    return { note };
  }

  /** Goes over to the next stage when the step belongs to it. */
  async #engineFor(step: number): Promise<StageEngine> {
    const stage = stageAt(this.#run, step);
    const { stage: current, trainer } = this.#engine;
    if (stage.size !== current.size || stage.patches !== current.patches) {
      const { state } = trainer;
      await this.close();
      this.#waited += this.#engine.batches.waited;
      this.#engine = await openStage(this.#run, step, this.#collection, this.#device, state);
    }
    return this.#engine;
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
    const found = await this.#files.readCheckpoint(parameterCount(this.#specs));
    const { step, state } = found ?? { step: 0, state: await startingState(this.#specs, this.#run) };
    await this.close();
    await this.#recorder.backTo(step);
    this.#run = { ...this.#run, learningRate: this.#run.learningRate / 2 };
    await this.#files.writeRun(this.#run);
    this.#step = step;
    this.#divergence = new Divergence();
    this.#engine = await openStage(this.#run, step + 1, this.#collection, this.#device, state);
    this.#recorder.change({
      step,
      note: `The loss fell apart at step ${at}: went back to step ${step}, with half the learning rate.`,
    });
  }

  /** Turns the time budget into steps, so that the learning rate falls to its end in time. */
  async #fixLength(): Promise<void> {
    const minutes = this.#run.minutes ?? defaultMinutes;
    const steps = Math.max(this.#step, Math.round((minutes * 60) / this.#secondsPerStep));
    this.#run = { ...this.#run, steps, evaluationSteps: evaluationStepsFor(steps) };
    await this.#files.writeRun(this.#run);
  }

  get #secondsPerStep(): number {
    return this.#spent / 1000 / Math.max(1, this.#done);
  }

  #progress({ step, loss, psnr }: LogEntry): TrainProgress {
    const steps = this.#run.steps ?? 0;
    const secondsPerStep = this.#secondsPerStep;
    const waiting = (this.#waited + this.#engine.batches.waited) / Math.max(1, this.#spent);
    const progress = { step, steps, loss, secondsPerStep, waiting, ...(psnr !== undefined && { psnr }) };
    this.#recorder.change(progress);
    return progress;
  }

  /** What the model that it begins with reaches. */
  async #measureStart(): Promise<void> {
    const { psnr } = await this.#judge.measure(this.#engine.trainer.state.ema, 0);
    this.#recorder.change({ startPsnr: psnr, psnr });
    await this.#recorder.flush();
  }

  #evaluate(): Promise<number> {
    return this.#judge.judge(this.#engine.trainer.state.ema, this.#step);
  }

  async checkpoint(): Promise<void> {
    await this.#recorder.flush();
    await this.#files.writeCheckpoint({ step: this.#step, state: this.#engine.trainer.state });
    this.#saved = performance.now();
  }

  /** Publishes the best weights. */
  async publish(): Promise<{ model: string; steps: number }> {
    if (this.#judge.best?.step !== this.#step) await this.#evaluate();
    const { step: steps, ema } = this.#judge.best ?? {
      step: this.#step,
      ema: this.#engine.trainer.state.ema,
    };
    const { name, folder, task, network } = this.#run;
    const { training } = this.#collection;
    await publishModel(join(ownModels(), name), networks[network], ema, {
      name,
      folder,
      task,
      photos: training.length,
      steps,
      pixels: pixelsUntil(this.#run, steps),
      scores: await this.#judge.measure(ema, steps),
    });
    return { model: name, steps: this.#step };
  }

  async close(): Promise<void> {
    await closeStage(this.#engine);
  }
}
