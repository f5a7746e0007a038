/** A restorer in the making: goes from stage to stage, and is judged on held-out photos. */
import type { ParameterSpec } from '../engine/parameters.ts';
import type { StepReport, TrainingState } from '../engine/trainer.ts';
import type { Collection } from './collection.ts';
import type { Judge } from './judge.ts';
import type { Checkpoint, Run } from './run-files.ts';
import { emaDecay } from './schedule.ts';
import { closeStage, openStage, type StageEngine, startingState } from './stage-engine.ts';
import { stageAt } from './stages.ts';
import type { TrainingDevice } from './training-device.ts';
import type { RunLearner } from './training-session.ts';

interface Parts {
  readonly collection: Collection;
  readonly device: TrainingDevice;
  readonly specs: readonly ParameterSpec[];
  readonly judge: Judge;
}

export class StageLearner implements RunLearner<Run> {
  /** To measure takes as long as many steps. */
  readonly earlyLooks = [];
  readonly #parts: Parts;
  #engine: StageEngine;
  #waited = 0;
  /** Why pictures are left out, as far as it was told. */
  readonly #told = new Set<string>();

  private constructor(parts: Parts, engine: StageEngine) {
    this.#parts = parts;
    this.#engine = engine;
  }

  static async open(run: Run, found: Checkpoint | undefined, parts: Parts): Promise<StageLearner> {
    const learner = new StageLearner(parts, await openAt(run, found, parts));
    if (!found && run.from !== undefined) await parts.judge.measureStart(learner.state.ema);
    return learner;
  }

  get state(): TrainingState {
    return this.#engine.trainer.state;
  }

  get device(): string {
    return this.#engine.trainer.device;
  }

  /** What has happened to the device, or to pictures. */
  takeNote(): string | undefined {
    const unusable = this.#engine.batches.unusable.filter((reason) => !this.#told.has(reason));
    for (const reason of unusable) this.#told.add(reason);
    const left = unusable.length === 0 ? undefined : `Left out from now on: ${unusable.join(' ')}`;
    const lines = [this.#parts.device.takeNote(), left].filter((line) => line !== undefined);
    return lines.length === 0 ? undefined : lines.join(' ');
  }

  get waited(): number {
    return this.#waited + this.#engine.batches.waited;
  }

  async step(step: number, rate: number, run: Run): Promise<Pick<StepReport, 'loss' | 'gradientNorm'>> {
    const { batches, trainer } = await this.#engineFor(step, run);
    const { loss, gradientNorm } = await trainer.step(await batches.take(step), step, rate, emaDecay(step));
    return { loss, gradientNorm };
  }

  /** Goes over to the next stage when the step belongs to it. */
  async #engineFor(step: number, run: Run): Promise<StageEngine> {
    const stage = stageAt(run, step);
    const { stage: current, trainer } = this.#engine;
    if (stage.size !== current.size || stage.patches !== current.patches) {
      const { state } = trainer;
      await this.close();
      this.#waited += this.#engine.batches.waited;
      const { collection, device } = this.#parts;
      this.#engine = await openStage(run, step, collection, device, state);
    }
    return this.#engine;
  }

  async evaluate(step: number): Promise<{ psnr: number }> {
    return { psnr: await this.#parts.judge.judge(this.state.ema, step) };
  }

  async restart(found: Checkpoint | undefined, run: Run): Promise<void> {
    await this.close();
    this.#waited += this.#engine.batches.waited;
    this.#engine = await openAt(run, found, this.#parts);
  }

  close(): Promise<void> {
    return closeStage(this.#engine);
  }
}

async function openAt(
  run: Run,
  found: Checkpoint | undefined,
  { specs, collection, device }: Parts,
): Promise<StageEngine> {
  const { step, state } = found ?? { step: 0, state: await startingState(specs, run) };
  return openStage(run, step + 1, collection, device, state);
}
