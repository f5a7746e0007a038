/** Training on ONNX Runtime: every step is a run of one graph, or of a few where a batch is taken in parts. */
import { Tensor } from 'onnxruntime-node';
import { type OnnxStep, type OnnxStepOptions, openStep, type StateTensors } from './onnx-step.ts';
import type { Batch, StepReport, Trainer, TrainingState } from './trainer.ts';
import { partPrefix } from './training-step.ts';

export interface OnnxTrainerOptions extends OnnxStepOptions {
  /** Name of the device. */
  readonly device: string;
}

export class OnnxTrainer implements Trainer {
  readonly device: string;
  readonly #step: OnnxStep;
  #state: StateTensors;

  private constructor(step: OnnxStep, state: TrainingState, device: string) {
    this.#step = step;
    this.#state = {
      parameters: vector(state.parameters),
      m: vector(state.m),
      v: vector(state.v),
      ema: vector(state.ema),
    };
    this.device = device;
  }

  static async create(
    { device, ...options }: OnnxTrainerOptions,
    state: TrainingState,
  ): Promise<OnnxTrainer> {
    return new OnnxTrainer(await openStep(options), state, device);
  }

  async step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport> {
    const { state, numbers } = await this.#step.run(this.#state, batch, { learningRate, step, emaDecay });
    // The tensors that came back are handed in again: nothing is copied in JavaScript. On WebGPU they could even stay on
    // the device (`preferredOutputLocation`), but ONNX Runtime 1.30 for Node cannot read such a tensor (`getData` ends the
    // process), and the state after every step is what training goes on from when the device is lost.
    this.#state = state;
    const { loss = Number.NaN, gradientNorm = Number.NaN, ...parts } = numbers;
    const named = Object.entries(parts).map(([name, value]) => [name.slice(partPrefix.length), value]);
    return { loss, gradientNorm, parts: Object.fromEntries(named) };
  }

  get state(): TrainingState {
    const { parameters, m, v, ema } = this.#state;
    return { parameters: floats(parameters), m: floats(m), v: floats(v), ema: floats(ema) };
  }

  dispose(): Promise<void> {
    return this.#step.release();
  }
}

function vector(values: Float32Array): Tensor {
  return new Tensor('float32', values, [values.length]);
}

function floats(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new Error(`expected float32, not ${tensor.type}`);
}
