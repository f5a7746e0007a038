/** An autoencoder in the making: batches in, parameters out, measured on held-out pictures. */
import type { DeviceId } from '../../preload/contract.ts';
import { LossMeter, type LossReport } from '../engine/loss-meter.ts';
import type { Objective } from '../engine/objective.ts';
import { namedValues, type ParameterSpec } from '../engine/parameters.ts';
import {
  initialState,
  objectiveParameters,
  type StepReport,
  Trainer,
  type TrainingState,
} from '../engine/trainer.ts';
import { emaDecay, learningRate } from '../train/schedule.ts';
import { Batches } from './batches.ts';
import { type CoderOnnx, coderOnnx } from './coder-onnx.ts';
import { isVariational } from './networks.ts';
import { autoencoderObjective } from './objective.ts';
import { pictureLossOf } from './picture-losses.ts';
import type { PictureSet } from './pictures.ts';
import type { Recipe } from './recipe.ts';

export interface LearnerData {
  readonly training: PictureSet;
  readonly heldOut: PictureSet;
}

export class Learner {
  readonly specs: readonly ParameterSpec[];
  readonly #recipe: Recipe;
  readonly #steps: number;
  readonly #trainer: Trainer;
  readonly #meter: LossMeter;
  readonly #batches: Batches;
  readonly #heldOut: Batches;

  private constructor(
    recipe: Recipe,
    steps: number,
    objective: Objective,
    data: LearnerData,
    engines: { trainer: Trainer; meter: LossMeter },
  ) {
    this.#recipe = recipe;
    this.#steps = steps;
    this.specs = objectiveParameters(objective);
    this.#trainer = engines.trainer;
    this.#meter = engines.meter;
    this.#batches = new Batches(data.training, recipe, objective);
    this.#heldOut = new Batches(data.heldOut, recipe, objective);
  }

  /** @param state where to go on; from chance without it */
  static async create(
    recipe: Recipe,
    steps: number,
    data: LearnerData,
    device: DeviceId,
    state?: TrainingState,
  ): Promise<Learner> {
    const objective = autoencoderObjective(recipe, await pictureLossOf(recipe));
    const start = state ?? initialState(objectiveParameters(objective), recipe.seed);
    // The loss of variational kinds is a sum over a picture's values, so its gradient is as much longer.
    const clipNorm = isVariational(recipe) ? recipe.channels * recipe.size ** 2 : 1;
    const trainer = await Trainer.create({ objective, device, optimizer: { clipNorm } }, start);
    const meter = await LossMeter.create(objective);
    return new Learner(recipe, steps, objective, data, { trainer, meter });
  }

  /** One optimizer step, numbered from 1. */
  step(step: number): Promise<StepReport> {
    const { beta, warmUp, learningRate: peak } = this.#recipe;
    const risen = Math.min(1, step / Math.max(1, warmUp * this.#steps));
    const rate = learningRate(peak, step, this.#steps);
    return this.#trainer.step(this.#batches.at(step, beta * risen), step, rate, emaDecay(step));
  }

  rateAt(step: number): number {
    return learningRate(this.#recipe.learningRate, step, this.#steps);
  }

  /** The averaged parameters' loss on held-out pictures, with the same noise at every call. */
  measure(): Promise<LossReport> {
    return this.#meter.measure(this.#trainer.state.ema, this.#heldOut.all(this.#recipe.beta));
  }

  /** The averaged parameters as finished networks. */
  coder(): CoderOnnx {
    return coderOnnx(this.#recipe, namedValues(this.#trainer.state.ema, this.specs));
  }

  get state(): TrainingState {
    return this.#trainer.state;
  }

  async close(): Promise<void> {
    await Promise.all([this.#trainer.dispose(), this.#meter.dispose()]);
  }
}
