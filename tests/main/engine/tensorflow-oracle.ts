/** The same graph executed by TensorFlow.js: an independent forward pass and an independent autodiff. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import type { Node } from '../../../main/engine/graph/graph.ts';
import { topologicalOrder } from '../../../main/engine/graph/graph.ts';
import type { Value } from './run-graph.ts';

const binary = { add: tf.add, sub: tf.sub, mul: tf.mul, div: tf.div };
const unary = {
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  exp: tf.exp,
  log: tf.log,
  sqrt: tf.sqrt,
  abs: tf.abs,
  sign: tf.sign,
  nonzero: (x: tf.Tensor) => tf.cast(tf.notEqual(x, 0), 'float32'),
  neg: tf.neg,
};

const toNhwc = (x: tf.Tensor) => tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D;
const toNchw = (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2]);

/** Evaluates a node, given its input nodes' values by name. */
function evaluate(output: Node, inputs: Record<string, tf.Tensor>): tf.Tensor {
  const values = new Map<Node, tf.Tensor>();
  for (const node of topologicalOrder([output])) {
    const parts = node.inputs.map((part) => values.get(part) as tf.Tensor);
    values.set(node, operation(node, parts, inputs));
  }
  return values.get(output) as tf.Tensor;
}

function operation(node: Node, parts: tf.Tensor[], inputs: Record<string, tf.Tensor>): tf.Tensor {
  const { op } = node;
  const shape = [...node.shape];
  const [a, b] = parts as [tf.Tensor, tf.Tensor];
  switch (op.kind) {
    case 'input':
      return inputs[op.name] as tf.Tensor;
    case 'constant':
      return tf.tensor(op.values, shape);
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return binary[op.kind](a, b);
    case 'relu':
    case 'sigmoid':
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'abs':
    case 'sign':
    case 'nonzero':
    case 'neg':
      return unary[op.kind](a);
    case 'leakyRelu':
      return tf.leakyRelu(a, op.alpha);
    case 'matmul':
      return b.rank === a.rank
        ? tf.matMul(a, b)
        : tf.reshape(tf.matMul(tf.reshape(a, [-1, b.shape[0] ?? 1]), b), shape);
    case 'conv2d':
      return convolve(a, b, op.stride, op.pads);
    case 'convTranspose2d':
      return convolveTransposed(a, b, op, shape);
    case 'depthToSpace':
      return depthToSpace(a, op.block);
    case 'spaceToDepth':
      return spaceToDepth(a, op.block);
    case 'upsampleNearest':
      return repeat(repeat(a, 2, op.scale), 3, op.scale);
    case 'maxPool':
      return toNchw(tf.maxPool(toNhwc(a), op.size, op.size, 'valid'));
    case 'stopGradient':
      return held(a);
    case 'reshape':
      return tf.reshape(a, shape);
    case 'broadcast':
      return tf.broadcastTo(a, shape as [number]);
    case 'transpose':
      return tf.transpose(a, [...op.permutation]);
    case 'concat':
      return tf.concat(parts, op.axis);
    case 'slice':
      return tf.slice(a, [...op.starts], shape);
    case 'flip':
      return tf.reverse(a, [...op.axes]);
    case 'pad':
      return tf.pad(
        a,
        op.before.map((before, axis): [number, number] => [
          before,
          (shape[axis] ?? 0) - (a.shape[axis] ?? 0) - before,
        ]),
      );
    case 'reduceSum':
      return tf.sum(a, [...op.axes], true);
    case 'parameter':
      throw new Error('the oracle takes every value as an input');
  }
}

/** The same value, with a gradient of zero. */
const held = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy) => tf.zerosLike(dy),
}));

function repeat(x: tf.Tensor, axis: number, times: number): tf.Tensor {
  const places = Array.from({ length: (x.shape[axis] ?? 0) * times }, (_, i) => Math.floor(i / times));
  return tf.gather(x, tf.tensor1d(places, 'int32'), axis);
}

function convolve(x: tf.Tensor, weight: tf.Tensor, stride: number, pads: readonly number[]): tf.Tensor {
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [top, bottom],
    [left, right],
  ]);
  const kernel = tf.transpose(weight, [2, 3, 1, 0]) as tf.Tensor4D;
  return toNchw(tf.conv2d(toNhwc(padded), kernel, stride, 'valid'));
}

function convolveTransposed(
  x: tf.Tensor,
  weight: tf.Tensor,
  op: { stride: number; pads: readonly number[]; outputPadding: readonly number[] },
  shape: number[],
): tf.Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const [, co = 1, kh = 1, kw = 1] = weight.shape;
  const whole: [number, number, number, number] = [n, (h - 1) * op.stride + kh, (w - 1) * op.stride + kw, co];
  const kernel = tf.transpose(weight, [2, 3, 1, 0]) as tf.Tensor4D;
  const full = toNchw(tf.conv2dTranspose(toNhwc(x), kernel, whole, op.stride, 'valid'));
  const [extraH = 0, extraW = 0] = op.outputPadding;
  const extended = tf.pad(full, [
    [0, 0],
    [0, 0],
    [0, extraH],
    [0, extraW],
  ]);
  return tf.slice(extended, [0, 0, op.pads[0] ?? 0, op.pads[1] ?? 0], shape);
}

/** Written out with reshapes, for which TensorFlow.js has gradients. */
function depthToSpace(x: tf.Tensor, block: number): tf.Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const split = tf.reshape(x, [n, block, block, c / block ** 2, h, w]);
  return tf.reshape(tf.transpose(split, [0, 3, 4, 1, 5, 2]), [n, c / block ** 2, h * block, w * block]);
}

function spaceToDepth(x: tf.Tensor, block: number): tf.Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const split = tf.reshape(x, [n, c, h / block, block, w / block, block]);
  return tf.reshape(tf.transpose(split, [0, 3, 5, 1, 2, 4]), [n, c * block ** 2, h / block, w / block]);
}

/** The value of a graph and the gradients of a scalar one with respect to its inputs, in the inputs' order. */
export async function oracle(loss: Node, inputs: Record<string, Value>) {
  await tf.setBackend('cpu');
  const names = Object.keys(inputs);
  const tensors = Object.values(inputs).map(({ data, shape }) => tf.tensor(data, [...shape]));
  const run = (...values: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, index) => [name, values[index] as tf.Tensor]));
    return tf.reshape(evaluate(loss, named), []) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(run)(tensors);
  return {
    value: (await value.data())[0] ?? Number.NaN,
    gradients: await Promise.all(grads.map(async (gradient) => (await gradient.data()) as Float32Array)),
  };
}
