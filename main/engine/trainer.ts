/** Training: a network's parameters and optimizer state, advanced one batch at a time on a device. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DeviceId } from '../../preload/contract.ts';
import { type AdamWOptions, adamWDefaults, type OptimizerState } from './adamw.ts';
import { isDivisible } from './batch-parts.ts';
import { chooseDevice, deviceName } from './devices.ts';
import { gaussian } from './gaussian.ts';
import { sizeOf } from './graph/graph.ts';
import { losses, type Objective } from './objective.ts';
import { OnnxTrainer } from './onnx-trainer.ts';
import { type ParameterSpec, parameterCount, parameterSpecs } from './parameters.ts';
import { type Footing, SteadyTrainer, type Trouble } from './steady-trainer.ts';
import { loadTensorFlow } from './tensorflow/load.ts';
import { TensorFlowTrainer } from './tensorflow/trainer.ts';

/** Flat vectors of every parameter and of the optimizer's memory of it. */
export type TrainingState = OptimizerState<Float32Array>;

export interface TrainerOptions {
  readonly objective: Objective;
  readonly optimizer?: Partial<AdamWOptions>;
  readonly device: DeviceId;
  /** Equal parts that a batch is taken in, one after the other: the same step in less memory; 1 by default. */
  readonly parts?: number;
  /** Told how training goes on when the device fails or memory runs out; without it, both are errors. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

/** A batch's values, by the names and in the shapes of the objective's inputs. */
export type Batch = Readonly<Record<string, Float32Array>>;

export interface StepReport {
  /** Loss of this batch before the update. */
  readonly loss: number;
  /** L2 norm of the gradient before clipping. */
  readonly gradientNorm: number;
  /** The objective's parts of the loss, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

/** The parameters that an objective's networks have, in order of use. */
export function objectiveParameters(objective: Objective): ParameterSpec[] {
  return parameterSpecs((parameters) => losses(objective, parameters));
}

/** Weights drawn from each parameter's normal distribution; the same seed gives the same weights. */
export function initialState(specs: readonly ParameterSpec[], seed: number): TrainingState {
  const random = xoroshiro128plus(seed);
  const parameters = new Float32Array(parameterCount(specs));
  for (const { shape, deviation, offset } of specs) {
    gaussian(random, parameters.subarray(offset, offset + sizeOf(shape)), deviation);
  }
  return stateFrom(parameters);
}

/** A fresh optimizer on given weights [P]. */
export function stateFrom(parameters: Float32Array): TrainingState {
  const zeros = () => new Float32Array(parameters.length);
  return { parameters, m: zeros(), v: zeros(), ema: parameters.slice() };
}

/** What advances a training state; which engine does it, the device decides. */
export interface Trainer {
  /** Name of the device. */
  readonly device: string;
  /**
   * One optimizer step. Blocks the event loop for its whole length.
   *
   * @param step number of this step, from 1
   */
  step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport>;
  /** The state as it stands; the vectors are not to be written to. */
  readonly state: TrainingState;
  dispose(): Promise<void>;
}

export const Trainer = {
  /**
   * A state moves freely between devices, in the middle of a run too.
   *
   * @throws {TensorFlowUnavailable} when TensorFlow is asked for and cannot be used, and nobody is told of troubles
   */
  create(options: TrainerOptions, state: TrainingState): Promise<Trainer> {
    const { objective, onTrouble, parts = 1 } = options;
    const first: Footing = { id: chooseDevice(options.device), parts };
    const open = (footing: Footing, from: TrainingState) => createOn(footing, options, from);
    if (!onTrouble) return open(first, state);
    const divisible = (into: number) => isDivisible(objective, into);
    return SteadyTrainer.open({ open, onTrouble, isDivisible: divisible }, first, state);
  },
};

async function createOn(
  { id, parts }: Footing,
  options: TrainerOptions,
  state: TrainingState,
): Promise<Trainer> {
  const { objective } = options;
  const specs = objectiveParameters(objective);
  const optimizer = { ...adamWDefaults, ...options.optimizer };
  const common = { objective, specs, optimizer, parts };
  if (id === 'tensorflow') {
    const { tf, name } = await loadTensorFlow();
    return new TensorFlowTrainer(tf, { ...common, device: name }, state);
  }
  return OnnxTrainer.create({ ...common, provider: id, device: deviceName(id) }, state);
}
