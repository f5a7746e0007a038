/** Training: a network's parameters and optimizer state, advanced one batch at a time on a device. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { DeviceId } from '../../preload/contract.ts';
import { type AdamWOptions, adamWDefaults, type OptimizerState } from './adamw.ts';
import { chooseDevice, deviceName } from './devices.ts';
import { gaussian } from './gaussian.ts';
import { sizeOf } from './graph/graph.ts';
import { losses, type Objective } from './objective.ts';
import { type ParameterSpec, parameterCount, parameterSpecs } from './parameters.ts';
import { partPrefix, trainingStepModel } from './training-step.ts';

/** Flat vectors of every parameter and of the optimizer's memory of it. */
export type TrainingState = OptimizerState<Float32Array>;

export interface TrainerOptions {
  readonly objective: Objective;
  readonly optimizer?: Partial<AdamWOptions>;
  readonly device: DeviceId;
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

type StateTensors = OptimizerState<Tensor>;

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

export class Trainer {
  readonly device: string;
  readonly #session: InferenceSession;
  readonly #objective: Objective;
  #state: StateTensors;

  private constructor(session: InferenceSession, objective: Objective, state: TrainingState, device: string) {
    this.#session = session;
    this.#objective = objective;
    this.#state = {
      parameters: vector(state.parameters),
      m: vector(state.m),
      v: vector(state.v),
      ema: vector(state.ema),
    };
    this.device = device;
  }

  static async create(options: TrainerOptions, state: TrainingState): Promise<Trainer> {
    const { objective } = options;
    const optimizer = { ...adamWDefaults, ...options.optimizer };
    const model = trainingStepModel(objective, objectiveParameters(objective), optimizer);
    const id = chooseDevice(options.device);
    const session = await InferenceSession.create(model, { executionProviders: [id] });
    return new Trainer(session, objective, state, deviceName(id));
  }

  /**
   * One optimizer step. Blocks the event loop for its whole length.
   *
   * @param step number of this step, from 1
   */
  async step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport> {
    const outputs = await this.#session.run({
      ...this.#state,
      ...this.#feeds(batch),
      learningRate: scalar(learningRate),
      step: scalar(step),
      emaDecay: scalar(emaDecay),
    });
    const output = (name: string): Tensor => {
      const tensor = outputs[name];
      if (!tensor) throw new Error(`the training step has no output ${name}`);
      return tensor;
    };
    // The tensors that came back are handed in again: nothing is copied in JavaScript.
    this.#state = {
      parameters: output('next.parameters'),
      m: output('next.m'),
      v: output('next.v'),
      ema: output('next.ema'),
    };
    const number = (name: string) => Number(output(name).data[0]);
    const parts = Object.keys(outputs).filter((name) => name.startsWith(partPrefix));
    return {
      loss: number('loss'),
      gradientNorm: number('gradientNorm'),
      parts: Object.fromEntries(parts.map((name) => [name.slice(partPrefix.length), number(name)])),
    };
  }

  #feeds(batch: Batch): Record<string, Tensor> {
    return Object.fromEntries(
      Object.entries(this.#objective.inputs).map(([name, shape]) => {
        const values = batch[name];
        if (!values) throw new Error(`the batch has no ${name}`);
        return [name, new Tensor('float32', values, shape)];
      }),
    );
  }

  /** The state as it stands; the vectors are not to be written to. */
  get state(): TrainingState {
    const { parameters, m, v, ema } = this.#state;
    return { parameters: floats(parameters), m: floats(m), v: floats(v), ema: floats(ema) };
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}

function vector(values: Float32Array): Tensor {
  return new Tensor('float32', values, [values.length]);
}

function scalar(value: number): Tensor {
  return new Tensor('float32', Float32Array.of(value), []);
}

function floats(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new Error(`expected float32, not ${tensor.type}`);
}
