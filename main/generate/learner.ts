/** An autoencoder in the making: batches in, parameters out, measured on held-out pictures. */
import type { Recipe } from '../../preload/contract.ts';
import { LossMeter, type LossReport } from '../engine/loss-meter.ts';
import type { Objective } from '../engine/objective.ts';
import { namedValues, type ParameterSpec } from '../engine/parameters.ts';
import {
  initialState,
  objectiveParameters,
  type StepReport,
  Trainer,
  type TrainerOptions,
  type TrainingState,
} from '../engine/trainer.ts';
import { emaDecay, learningRate } from '../train/schedule.ts';
import { Batches } from './batches.ts';
import { type CoderOnnx, coderOnnx } from './coder-onnx.ts';
import { isVariational } from './networks.ts';
import { autoencoderObjective } from './objective.ts';
import { pictureLossOf } from './picture-losses.ts';
import type { PictureSet } from './pictures.ts';

export interface LearnerData {
  readonly training: PictureSet;
  readonly heldOut: PictureSet;
}

/** How it trains; see {@link TrainerOptions}. */
type LearnerOptions = Pick<TrainerOptions, 'device' | 'parts' | 'onTrouble'> & {
  /** Where to go on; from chance without it. */
  readonly state?: TrainingState | undefined;
};

export class Learner {
  readonly specs: readonly ParameterSpec[];
  readonly #recipe: Recipe;
  readonly #trainer: Trainer;
  readonly #meter: LossMeter;
  readonly #batches: Batches;
  readonly #heldOut: Batches;

  private constructor(
    recipe: Recipe,
    objective: Objective,
    data: LearnerData,
    engines: { trainer: Trainer; meter: LossMeter },
  ) {
    this.#recipe = recipe;
    this.specs = objectiveParameters(objective);
    this.#trainer = engines.trainer;
    this.#meter = engines.meter;
    this.#batches = new Batches(data.training, recipe, objective);
    this.#heldOut = new Batches(data.heldOut, recipe, objective);
  }

  static async create(
    recipe: Recipe,
    data: LearnerData,
    { state, ...options }: LearnerOptions,
  ): Promise<Learner> {
    const objective = autoencoderObjective(recipe, await pictureLossOf(recipe));
    const start = state ?? initialState(objectiveParameters(objective), recipe.seed);
    // The loss of variational kinds is a sum over a picture's values, so its gradient is as much longer.
    const clipNorm = isVariational(recipe) ? recipe.channels * recipe.size ** 2 : 1;
    // With momentum two players circle each other ever more widely (Mescheder, Geiger and Nowozin 2018).
    const optimizer = { clipNorm, ...(recipe.kind === 'aae' && { beta1: 0 }) };
    const trainer = await Trainer.create({ objective, optimizer, ...options }, start);
    const meter = await LossMeter.create(objective);
    return new Learner(recipe, objective, data, { trainer, meter });
  }

  /**
   * One optimizer step, numbered from 1.
   *
   * @param steps that there will be
   */
  step(
    step: number,
    steps: number,
    rate = learningRate(this.#recipe.learningRate, step, steps),
  ): Promise<StepReport> {
    const { beta, warmUp } = this.#recipe;
    const risen = Math.min(1, step / Math.max(1, warmUp * steps));
    return this.#trainer.step(this.#batches.at(step, beta * risen), step, rate, emaDecay(step));
  }

  /** The loss of averaged parameters, the latest by default, on held-out pictures with the same noise every time. */
  measure(ema: Float32Array = this.#trainer.state.ema): Promise<LossReport> {
    return this.#meter.measure(ema, this.#heldOut.all(this.#recipe.beta));
  }

  /** Averaged parameters as finished networks; the latest by default. */
  coder(ema: Float32Array = this.#trainer.state.ema): CoderOnnx {
    return coderOnnx(this.#recipe, namedValues(ema, this.specs));
  }

  /** By name. */
  get device(): string {
    return this.#trainer.device;
  }

  get state(): TrainingState {
    return this.#trainer.state;
  }

  async close(): Promise<void> {
    await Promise.all([this.#trainer.dispose(), this.#meter.dispose()]);
  }
}
