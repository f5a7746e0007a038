/** One optimizer step (forward, backward, update) as one ONNX graph, and the session that repeats it. */
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
  const { loss, parts: reported = {} } = losses(objective, (name) => lookUp(values, name));
  const parts = gradients(
    loss,
    specs.map((spec) => lookUp(values, spec.name)),
  );
  const gradient = g.concat(
    parts.map((part) => g.reshape(part, [g.sizeOf(part.shape)])),
    0,
  );
  const { gradientNorm, ...next } = adamW(state, gradient, scalars, optimizer);
  return toOnnx({ ...prefixed('next.', next), ...prefixed(partPrefix, reported), loss, gradientNorm });
}

function prefixed(prefix: string, nodes: Readonly<Record<string, Node>>): Record<string, Node> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [prefix + name, node]));
}

function lookUp(values: ReadonlyMap<string, Node>, name: string): Node {
  const node = values.get(name);
  if (!node) throw new Error(`the network asked for an unknown parameter: ${name}`);
  return node;
}
