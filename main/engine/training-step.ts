/** One optimizer step (forward, backward, update) as one ONNX graph, and the session that repeats it. */
import { type AdamWOptions, adamW, type OptimizerState, type StepInputs } from './adamw.ts';
import { gradients } from './gradients.ts';
import type { Node, Shape } from './graph/graph.ts';
import * as g from './graph/graph.ts';
import { toOnnx } from './onnx.ts';
import { fromFlat, type NetworkBuilder, type ParameterSpec, parameterCount } from './parameters.ts';

export interface TrainingStepDescription {
  readonly build: NetworkBuilder;
  readonly specs: readonly ParameterSpec[];
  readonly loss: (prediction: Node, target: Node) => Node;
  readonly optimizer: AdamWOptions;
  /** Shapes of one batch. */
  readonly inputShape: Shape;
  readonly targetShape: Shape;
}

/**
 * Inputs: `input`, `target`, the optimizer state (`parameters`, `m`, `v`, `ema`: [P]) and the scalars
 * `learningRate`, `step`, `emaDecay`. Outputs: the state after the step (`next.parameters` …), `loss` before it
 * and `gradientNorm` before clipping.
 */
export function trainingStepModel(description: TrainingStepDescription): Uint8Array {
  const { build, specs, optimizer } = description;
  const count = parameterCount(specs);
  const vector = (name: string) => g.input(name, [count]);
  const state: OptimizerState<Node> = {
    parameters: vector('parameters'),
    m: vector('m'),
    v: vector('v'),
    ema: vector('ema'),
  };
  const scalars: StepInputs<Node> = {
    learningRate: g.input('learningRate', []),
    step: g.input('step', []),
    emaDecay: g.input('emaDecay', []),
  };
  const values = fromFlat(state.parameters, specs);
  const prediction = build(g.input('input', description.inputShape), (name) => lookUp(values, name));
  const loss = description.loss(prediction, g.input('target', description.targetShape));
  const parts = gradients(
    loss,
    specs.map((spec) => lookUp(values, spec.name)),
  );
  const gradient = g.concat(
    parts.map((part) => g.reshape(part, [g.sizeOf(part.shape)])),
    0,
  );
  const { gradientNorm, ...next } = adamW(state, gradient, scalars, optimizer);
  const named = Object.fromEntries(Object.entries(next).map(([name, node]) => [`next.${name}`, node]));
  return toOnnx({ ...named, loss, gradientNorm });
}

function lookUp(values: ReadonlyMap<string, Node>, name: string): Node {
  const node = values.get(name);
  if (!node) throw new Error(`the network asked for an unknown parameter: ${name}`);
  return node;
}
