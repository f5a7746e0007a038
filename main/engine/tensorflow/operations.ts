/**
 * Graph operations as TensorFlow operations: the one place where the two meet.
 *
 * Each is written with what TensorFlow.js differentiates by itself on every one of its backends. Its pictures are
 * [N, H, W, C] and its kernels [kh, kw, Ci, Co], so convolutions turn theirs.
 */
import type * as tensorflow from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Node, Op, Shape } from '../graph/graph.ts';
import { topologicalOrder } from '../graph/graph.ts';

/** TensorFlow.js's namespace, whichever package it comes from. */
export type TensorFlow = typeof tensorflow;

type Conv2d = Extract<Op, { kind: 'conv2d' }>;
type ConvTranspose2d = Extract<Op, { kind: 'convTranspose2d' }>;

/**
 * Runs a graph.
 *
 * @param given values of its inputs and parameters by name
 * @returns what tells a node's value; every value on the way lives until the caller's tidy ends
 */
export function evaluate(
  tf: TensorFlow,
  outputs: readonly Node[],
  given: ReadonlyMap<string, Tensor>,
): (node: Node) => Tensor {
  const values = new Map<Node, Tensor>();
  const tensorOf = (node: Node): Tensor => {
    const value = values.get(node);
    if (!value) throw new Error(`${node.op.kind} is used before it is computed`);
    return value;
  };
  for (const node of topologicalOrder(outputs)) values.set(node, compute(tf, node, tensorOf, given));
  return tensorOf;
}

function compute(
  tf: TensorFlow,
  { op, inputs, shape: sizes }: Node,
  tensorOf: (node: Node) => Tensor,
  given: ReadonlyMap<string, Tensor>,
): Tensor {
  const shape = [...sizes];
  const part = (index: number): Tensor => {
    const node = inputs[index];
    if (!node) throw new Error(`${op.kind} has no input ${index}`);
    return tensorOf(node);
  };
  switch (op.kind) {
    case 'input':
    case 'parameter': {
      const value = given.get(op.name);
      if (!value) throw new Error(`no value for ${op.name}`);
      return value;
    }
    case 'constant':
      return tf.tensor(op.values, shape);
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return tf[op.kind](part(0), part(1));
    case 'relu':
    case 'sigmoid':
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'sign':
    case 'neg':
      return tf[op.kind](part(0));
    case 'abs':
      // As a product its gradient at zero is zero, as ours; that of tf.abs is -1.
      return tf.mul(part(0), tf.sign(part(0)));
    case 'nonzero':
      return tf.abs(tf.sign(part(0)));
    case 'leakyRelu':
      return tf.leakyRelu(part(0), op.alpha);
    case 'stopGradient':
      return withoutGradient(tf, part(0));
    case 'matmul':
      return matmul(tf, part(0), part(1), shape);
    case 'conv2d':
      return convolve(tf, part(0), part(1), op);
    case 'convTranspose2d':
      return convolveTransposed(tf, part(0), part(1), op, shape);
    case 'depthToSpace':
      return depthToSpace(tf, part(0), op.block);
    case 'spaceToDepth':
      return spaceToDepth(tf, part(0), op.block);
    case 'upsampleNearest':
      return repeat(tf, part(0), op.scale, shape);
    case 'maxPool':
      return toNchw(tf, tf.maxPool(toNhwc(tf, part(0)), op.size, op.size, 'valid'));
    case 'reshape':
      return tf.reshape(part(0), shape);
    case 'broadcast':
      return tf.broadcastTo<tensorflow.Rank>(part(0), shape as [number]);
    case 'transpose':
      return tf.transpose(part(0), [...op.permutation]);
    case 'concat':
      return tf.concat(inputs.map(tensorOf), op.axis);
    case 'slice':
      return tf.slice(part(0), [...op.starts], shape);
    case 'flip':
      return tf.reverse(part(0), [...op.axes]);
    case 'pad':
      return tf.pad(part(0), paddings(op.before, part(0).shape, shape));
    case 'reduceSum':
      return tf.sum(part(0), [...op.axes], true);
  }
}

const toNhwc = (tf: TensorFlow, x: Tensor): Tensor4D => tf.transpose(picture(x), [0, 2, 3, 1]);
const toNchw = (tf: TensorFlow, x: Tensor4D): Tensor4D => tf.transpose(x, [0, 3, 1, 2]);

function picture(x: Tensor): Tensor4D {
  if (isPicture(x)) return x;
  throw new Error(`expected four axes, not [${x.shape.join(', ')}]`);
}

const isPicture = (x: Tensor): x is Tensor4D => x.rank === 4;

function paddings(before: readonly number[], whole: Shape, shape: Shape): [number, number][] {
  return before.map((first, axis) => [first, (shape[axis] ?? 0) - (whole[axis] ?? 0) - first]);
}

function withoutGradient(tf: TensorFlow, x: Tensor): Tensor {
  const held = tf.customGrad(() => ({ value: tf.clone(x), gradFunc: (dy: Tensor) => tf.zerosLike(dy) }));
  return held(x);
}

/** A right side without leading axes is shared by the whole batch. */
function matmul(tf: TensorFlow, a: Tensor, b: Tensor, shape: number[]): Tensor {
  if (a.rank === b.rank) return tf.matMul(a, b);
  return tf.reshape(tf.matMul(tf.reshape(a, [-1, b.shape[0] ?? 1]), b), shape);
}

function convolve(tf: TensorFlow, x: Tensor, weight: Tensor, op: Conv2d): Tensor {
  const [top, left, bottom, right] = op.pads;
  const [, , kh = 1, kw = 1] = weight.shape;
  // The backends' own gradients know two ways to pad; 'same' saves a pass over the picture.
  const same =
    op.stride === 1 &&
    [top, bottom].join() === halves(kh - 1).join() &&
    [left, right].join() === halves(kw - 1).join();
  const image = toNhwc(tf, x);
  const ready = same ? image : surrounded(tf, image, op.pads);
  const kernel = tf.transpose(picture(weight), [2, 3, 1, 0]);
  const pad = same ? 'same' : 'valid';
  if (op.groups === 1) return toNchw(tf, tf.conv2d(ready, kernel, op.stride, pad));
  const kernels = tf.split<Tensor4D>(kernel, op.groups, 3);
  const parts = tf
    .split<Tensor4D>(ready, op.groups, 3)
    .map((part, group) => tf.conv2d(part, kernels[group] ?? kernel, op.stride, pad));
  return toNchw(tf, tf.concat(parts, 3));
}

const halves = (total: number) => [Math.floor(total / 2), Math.ceil(total / 2)];

function surrounded(tf: TensorFlow, x: Tensor4D, [top, left, bottom, right]: Conv2d['pads']): Tensor4D {
  if (top + left + bottom + right === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}

/** The whole result of the unpadded operation, of which the pads cut off the rim. */
function convolveTransposed(
  tf: TensorFlow,
  x: Tensor,
  weight: Tensor,
  op: ConvTranspose2d,
  shape: number[],
): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  const [, co = 1, kh = 1, kw = 1] = weight.shape;
  const [extraH, extraW] = op.outputPadding;
  const kernel = tf.transpose(picture(weight), [2, 3, 1, 0]);
  const size: [number, number, number, number] = [n, (h - 1) * op.stride + kh, (w - 1) * op.stride + kw, co];
  const whole = tf.conv2dTranspose(toNhwc(tf, x), kernel, size, op.stride, 'valid');
  const extended = surrounded(tf, whole, [0, 0, extraH, extraW]);
  return tf.slice(toNchw(tf, extended), [0, 0, op.pads[0], op.pads[1]], shape);
}

/** tf.depthToSpace has no gradient. */
function depthToSpace(tf: TensorFlow, x: Tensor, block: number): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const split = tf.reshape(x, [n, block, block, c / block ** 2, h, w]);
  return tf.reshape(tf.transpose(split, [0, 3, 4, 1, 5, 2]), [n, c / block ** 2, h * block, w * block]);
}

function spaceToDepth(tf: TensorFlow, x: Tensor, block: number): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const split = tf.reshape(x, [n, c, h / block, block, w / block, block]);
  return tf.reshape(tf.transpose(split, [0, 3, 5, 1, 2, 4]), [n, c * block ** 2, h / block, w / block]);
}

/** Every sample becomes a run of equal ones, then every row of them a run of equal rows. */
function repeat(tf: TensorFlow, x: Tensor, scale: number, shape: number[]): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const columns = tf.tile(tf.reshape(x, [n * c * h * w, 1]), [1, scale]);
  const rows = tf.tile(tf.reshape(columns, [n * c * h, w * scale]), [1, scale]);
  return tf.reshape(rows, shape);
}

/** The values of a tensor of floats. */
export function floats(tensor: Tensor): Float32Array {
  const values = tensor.dataSync();
  if (values instanceof Float32Array) return values;
  throw new Error(`expected float32, not ${tensor.dtype}`);
}
