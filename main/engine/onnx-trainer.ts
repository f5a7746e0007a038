/** Training on ONNX Runtime: every step is one run of one graph. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AdamWOptions, OptimizerState } from './adamw.ts';
import type { Provider } from './devices.ts';
import type { Objective } from './objective.ts';
import type { ParameterSpec } from './parameters.ts';
import { trainingSessionOptions } from './session-options.ts';
import type { Batch, StepReport, Trainer, TrainingState } from './trainer.ts';
import { partPrefix, trainingStepModel } from './training-step.ts';

export interface OnnxTrainerOptions {
  readonly objective: Objective;
  /** The objective's parameters, in the order of the state's vectors. */
  readonly specs: readonly ParameterSpec[];
  readonly optimizer: AdamWOptions;
  readonly provider: Provider;
  /** Name of the device. */
  readonly device: string;
}

type StateTensors = OptimizerState<Tensor>;

export class OnnxTrainer implements Trainer {
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

  static async create(options: OnnxTrainerOptions, state: TrainingState): Promise<OnnxTrainer> {
    const { objective, specs, optimizer, provider, device } = options;
    const model = trainingStepModel(objective, specs, optimizer);
    const session = await InferenceSession.create(model, trainingSessionOptions(provider));
    return new OnnxTrainer(session, objective, state, device);
  }

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
