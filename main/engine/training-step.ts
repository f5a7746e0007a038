/** An optimizer step (forward, backward, update) as ONNX: one graph, or two for a batch that is taken in parts. */
import { type AdamWOptions, adamW, type OptimizerState, type StepInputs } from './adamw.ts';
import { gradients } from './gradients.ts';
import type { Node } from './graph/graph.ts';
import * as g from './graph/graph.ts';
import { losses, type Objective } from './objective.ts';
import { toOnnx } from './onnx.ts';
import { fromFlat, type ParameterSpec, parameterCount } from './parameters.ts';

/** Begins the names of outputs that report parts of the loss. */
export const partPrefix = 'part.';

/**
 * Inputs: the batch's values by name, the optimizer state (`parameters`, `m`, `v`, `ema`: [P]) and the scalars
 * `learningRate`, `step`, `emaDecay`. Outputs: the state after the step (`next.parameters` …), `loss` and its
 * parts (`part.…`) before it and `gradientNorm` before clipping.
 */
export function trainingStepModel(
  objective: Objective,
  specs: readonly ParameterSpec[],
  optimizer: AdamWOptions,
): Uint8Array {
  const state = stateInputs(parameterCount(specs));
  const { gradient, reported } = differentiated(objective, specs, state.parameters);
  return toOnnx({ ...reported, ...updated(state, gradient, optimizer) });
}

/**
 * The first half of that step, for one of `parts` equal parts of a batch. Inputs: the part's values by name,
 * `parameters`, and `gradient`, the sum so far: [P]. Outputs: `next.gradient`, to which the part has added its
 * share, `loss` and its parts.
 */
export function partialGradientModel(
  objective: Objective,
  specs: readonly ParameterSpec[],
  parts: number,
): Uint8Array {
  const vector = (name: string) => g.input(name, [parameterCount(specs)]);
  const { gradient, reported } = differentiated(objective, specs, vector('parameters'));
  const next = g.add(vector('gradient'), g.mul(gradient, 1 / parts));
  return toOnnx({ ...reported, 'next.gradient': next });
}

/** The second half: what is left of `trainingStepModel` once its `gradient` [P] is given. */
export function updateModel(specs: readonly ParameterSpec[], optimizer: AdamWOptions): Uint8Array {
  const count = parameterCount(specs);
  return toOnnx(updated(stateInputs(count), g.input('gradient', [count]), optimizer));
}

function differentiated(objective: Objective, specs: readonly ParameterSpec[], parameters: Node) {
  const values = fromFlat(parameters, specs);
  const { loss, parts: reported = {} } = losses(objective, (name) => lookUp(values, name));
  const parts = gradients(
    loss,
    specs.map((spec) => lookUp(values, spec.name)),
  );
  const gradient = g.concat(
    parts.map((part) => g.reshape(part, [g.sizeOf(part.shape)])),
    0,
  );
  return { gradient, reported: { ...prefixed(partPrefix, reported), loss } };
}

function updated(state: OptimizerState<Node>, gradient: Node, optimizer: AdamWOptions) {
  const scalars: StepInputs<Node> = {
    learningRate: g.input('learningRate', []),
    step: g.input('step', []),
    emaDecay: g.input('emaDecay', []),
  };
  const { gradientNorm, ...next } = adamW(state, gradient, scalars, optimizer);
  return { ...prefixed('next.', next), gradientNorm };
}

function stateInputs(count: number): OptimizerState<Node> {
  const vector = (name: string) => g.input(name, [count]);
  return { parameters: vector('parameters'), m: vector('m'), v: vector('v'), ema: vector('ema') };
}

function prefixed(prefix: string, nodes: Readonly<Record<string, Node>>): Record<string, Node> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [prefix + name, node]));
}

function lookUp(values: ReadonlyMap<string, Node>, name: string): Node {
  const node = values.get(name);
  if (!node) throw new Error(`the network asked for an unknown parameter: ${name}`);
  return node;
}
