/** Training on TensorFlow: its own gradients of the same objective, and the same optimizer step. */
import type { Rank, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { type AdamWOptions, adamW, type OptimizerState } from '../adamw.ts';
import { meansOf, partOf, partsOf } from '../batch-parts.ts';
import * as g from '../graph/graph.ts';
import { type Losses, losses, type Objective } from '../objective.ts';
import { type ParameterSpec, parameterCount } from '../parameters.ts';
import type { Batch, StepReport, Trainer, TrainingState } from '../trainer.ts';
import { evaluate, floats, type TensorFlow } from './operations.ts';

export interface TensorFlowTrainerOptions {
  readonly objective: Objective;
  /** The objective's parameters, in the order of the state's vectors. */
  readonly specs: readonly ParameterSpec[];
  readonly optimizer: AdamWOptions;
  /** Parts that a batch is taken in. */
  readonly parts: number;
  /** Name of the device. */
  readonly device: string;
}

export class TensorFlowTrainer implements Trainer {
  readonly device: string;
  readonly #tf: TensorFlow;
  readonly #objective: Objective;
  readonly #parts: number;
  readonly #part: Objective;
  readonly #specs: readonly ParameterSpec[];
  readonly #losses: Losses;
  readonly #updateGraph: ReturnType<typeof adamW>;
  #state: State<Tensor>;

  constructor(tf: TensorFlow, options: TensorFlowTrainerOptions, state: TrainingState) {
    const { objective, specs, optimizer, parts, device } = options;
    this.device = device;
    this.#tf = tf;
    this.#objective = objective;
    this.#parts = parts;
    this.#part = partOf(objective, parts);
    this.#specs = specs;
    this.#losses = losses(this.#part, g.parameter);
    this.#updateGraph = updateGraph(parameterCount(specs), optimizer);
    this.#state = mapState(state, (values) => tf.tensor1d(values));
  }

  async step(batch: Batch, step: number, learningRate: number, emaDecay: number): Promise<StepReport> {
    const { gradient, loss, parts } = this.#differentiate(batch);
    const gradientNorm = this.#update(gradient, { learningRate, step, emaDecay });
    return { loss, gradientNorm, parts };
  }

  /** @returns the gradient's norm */
  #update(gradient: Tensor, scalars: Record<string, number>): number {
    const tf = this.#tf;
    const { next, norm } = tf.tidy(() => {
      const given = new Map<string, Tensor>([
        ...Object.entries(this.#state),
        ...Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)] as const),
        ['gradient', gradient],
      ]);
      const { gradientNorm, ...state } = this.#updateGraph;
      const tensorOf = evaluate(tf, Object.values(this.#updateGraph), given);
      return { norm: tensorOf(gradientNorm), next: mapState(state, tensorOf) };
    });
    tf.dispose([gradient, ...Object.values(this.#state)]);
    this.#state = next;
    return number(tf, norm);
  }

  /** The loss and its parts, and the gradient [P]: means over the batch's parts. */
  #differentiate(batch: Batch): { loss: number; gradient: Tensor; parts: Record<string, number> } {
    const tf = this.#tf;
    const reports: Record<string, number>[] = [];
    let sum: Tensor | undefined;
    for (const part of partsOf(this.#objective, batch, this.#parts)) {
      const before = sum;
      const { reported, gradient } = tf.tidy(() => {
        const { gradient, ...reported } = this.#differentiatePart(part);
        const share = this.#parts === 1 ? gradient : tf.div(gradient, this.#parts);
        return { reported, gradient: before ? tf.add(before, share) : share };
      });
      if (before) tf.dispose(before);
      sum = gradient;
      reports.push({ ...mapNumbers(tf, reported.parts), loss: number(tf, reported.loss) });
    }
    if (!sum) throw new Error('a batch has no parts');
    const { loss = Number.NaN, ...parts } = meansOf(reports);
    return { gradient: sum, loss, parts };
  }

  /** By TensorFlow's own differentiation. */
  #differentiatePart(batch: Batch): { loss: Tensor; gradient: Tensor; parts: Record<string, Tensor> } {
    const tf = this.#tf;
    const inputs = this.#inputs(batch);
    const { loss, parts: nodes = {} } = this.#losses;
    const parts: Record<string, Tensor> = {};
    const differentiated = tf.valueAndGrads((...parameters: Tensor[]) => {
      const given = new Map(inputs);
      for (const [index, value] of parameters.entries()) given.set(this.#specs[index]?.name ?? '', value);
      const tensorOf = evaluate(tf, [loss, ...Object.values(nodes)], given);
      for (const [name, node] of Object.entries(nodes)) parts[name] = tf.keep(tensorOf(node));
      return tf.reshape<Rank.R0>(tensorOf(loss), []);
    })(this.#parameters());
    const flat = differentiated.grads.map((gradient) => tf.reshape<Rank.R1>(gradient, [-1]));
    return { loss: differentiated.value, gradient: tf.concat<Tensor1D>(flat), parts };
  }

  #inputs(batch: Batch): Map<string, Tensor> {
    return new Map(
      Object.entries(this.#part.inputs).map(([name, shape]) => {
        const values = batch[name];
        if (!values) throw new Error(`the batch has no ${name}`);
        return [name, this.#tf.tensor(values, [...shape])];
      }),
    );
  }

  /** Cut out before differentiation: a gradient of every cut would be as long as all parameters together. */
  #parameters(): Tensor[] {
    return this.#specs.map(({ shape, offset }) =>
      this.#tf.reshape(this.#tf.slice(this.#state.parameters, [offset], [g.sizeOf(shape)]), [...shape]),
    );
  }

  get state(): TrainingState {
    return mapState(this.#state, floats);
  }

  async dispose(): Promise<void> {
    this.#tf.dispose(this.#state);
  }
}

/** The optimizer's own graph on inputs that have the names of its state and scalars. */
function updateGraph(count: number, optimizer: AdamWOptions): ReturnType<typeof adamW> {
  const vector = (name: string) => g.input(name, [count]);
  const state = {
    parameters: vector('parameters'),
    m: vector('m'),
    v: vector('v'),
    ema: vector('ema'),
  };
  const scalar = (name: string) => g.input(name, []);
  const scalars = {
    learningRate: scalar('learningRate'),
    step: scalar('step'),
    emaDecay: scalar('emaDecay'),
  };
  return adamW(state, vector('gradient'), scalars, optimizer);
}

/** As a mapped type, because TensorFlow.js disposes of nothing without an index signature. */
type State<T> = { readonly [K in keyof OptimizerState<T>]: T };

function mapState<A, B>(state: OptimizerState<A>, change: (value: A) => B): State<B> {
  const { parameters, m, v, ema } = state;
  return { parameters: change(parameters), m: change(m), v: change(v), ema: change(ema) };
}

function mapNumbers(tf: TensorFlow, tensors: Readonly<Record<string, Tensor>>): Record<string, number> {
  return Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, number(tf, value)]));
}

function number(tf: TensorFlow, value: Tensor): number {
  const [read = Number.NaN] = floats(value);
  tf.dispose(value);
  return read;
}
