/** The same graph executed by TensorFlow.js: an independent forward pass and an independent autodiff. */
import type { Rank, Tensor } from '@tensorflow/tfjs-core';
import type { Node } from '../../../main/engine/graph/graph.ts';
import { evaluate } from '../../../main/engine/tensorflow/operations.ts';
import type { Value } from './run-graph.ts';
import { tensorflowOn } from './tensorflow/backends.ts';

/** The value of a graph and the gradients of a scalar one with respect to its inputs, in the inputs' order. */
export async function oracle(
  loss: Node,
  inputs: Record<string, Value>,
): Promise<{ value: number; gradients: Float32Array[] }> {
  const tf = await tensorflowOn('cpu');
  const names = Object.keys(inputs);
  const tensors = Object.values(inputs).map(({ data, shape }) => tf.tensor(data, [...shape]));
  const run = (...values: Tensor[]) => {
    const given = new Map(values.map((value, index) => [names[index] ?? '', value]));
    return tf.reshape<Rank.R0>(evaluate(tf, [loss], given)(loss), []);
  };
  const { value, grads } = tf.valueAndGrads(run)(tensors);
  return {
    value: value.dataSync()[0] ?? Number.NaN,
    gradients: grads.map((gradient) => Float32Array.from(gradient.dataSync())),
  };
}
