/** Reverse-mode differentiation: the gradient of a graph is more graph. */
import { inputGradient, transposedWeightGradient, weightGradient } from './conv-gradients.ts';
import type { Node, Op, Shape } from './graph/graph.ts';
import * as g from './graph/graph.ts';

/**
 * Gradients of a scalar with respect to nodes of its graph.
 *
 * @param loss one value
 * @returns one node per entry of `wrt`, of the same shape; zeros where the loss does not depend on it
 */
export function gradients(loss: Node, wrt: readonly Node[]): Node[] {
  const order = g.topologicalOrder([loss]);
  const needed = dependents(order, new Set(wrt));
  const collected = new Map<Node, Node>([[loss, g.constant(new Float32Array(1).fill(1), loss.shape)]]);
  for (const node of order.toReversed()) {
    const dy = collected.get(node);
    if (!dy || wrt.includes(node)) continue;
    for (const [index, part] of node.inputs.entries()) {
      if (!needed.has(part)) continue;
      const gradient = rule(node, dy, index);
      const sum = collected.get(part);
      collected.set(part, sum ? g.add(sum, gradient) : gradient);
    }
  }
  return wrt.map((node) => collected.get(node) ?? zeros(node.shape));
}

/** The nodes through which a change of a target can be felt. */
function dependents(order: readonly Node[], targets: ReadonlySet<Node>): Set<Node> {
  const found = new Set<Node>(targets);
  for (const node of order) {
    if (node.op.kind !== 'stopGradient' && node.inputs.some((part) => found.has(part))) found.add(node);
  }
  return found;
}

function zeros(shape: Shape): Node {
  return g.constant(new Float32Array(g.sizeOf(shape)), shape);
}

/** Sums a gradient over the axes along which its operand was broadcast. */
function sumTo(dy: Node, shape: Shape): Node {
  if (dy.shape.join() === shape.join()) return dy;
  const offset = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((size, axis) =>
    axis < offset || (shape[axis - offset] === 1 && size !== 1) ? [axis] : [],
  );
  return g.reshape(g.reduceSum(dy, axes), shape);
}

/** Gradient of one node with respect to one of its inputs. */
function rule(node: Node, dy: Node, index: number): Node {
  const [x, second] = node.inputs;
  if (!x) throw new Error(`${node.op.kind} has no input to differentiate`);
  return node.inputs.length === 2 && second && node.op.kind !== 'concat'
    ? binaryRule(node, node.op, x, second, dy, index)
    : unaryRule(node, node.op, x, dy, index);
}

function binaryRule(node: Node, op: Op, a: Node, b: Node, dy: Node, index: number): Node {
  const left = index === 0;
  switch (op.kind) {
    case 'add':
      return sumTo(dy, left ? a.shape : b.shape);
    case 'sub':
      return left ? sumTo(dy, a.shape) : sumTo(g.neg(dy), b.shape);
    case 'mul':
      return left ? sumTo(g.mul(dy, b), a.shape) : sumTo(g.mul(dy, a), b.shape);
    case 'div':
      return left ? sumTo(g.div(dy, b), a.shape) : sumTo(g.neg(g.div(g.mul(dy, node), b)), b.shape);
    case 'matmul':
      return left ? g.matmul(dy, g.transposeLast(b)) : matmulRightGradient(a, b, dy);
    case 'conv2d':
      return left ? inputGradient(a, b, dy, op) : weightGradient(a, b.shape, dy, op);
    case 'convTranspose2d':
      return left
        ? g.conv2d(dy, b, { stride: op.stride, pads: op.pads })
        : transposedWeightGradient(a, b.shape, dy, op);
    default:
      throw new Error(`${op.kind} has no gradient with two inputs`);
  }
}

/** A right operand without leading axes is shared by the whole batch: fold the batch into the rows. */
function matmulRightGradient(a: Node, b: Node, dy: Node): Node {
  const rows = (x: Node) => g.reshape(x, [g.sizeOf(x.shape.slice(0, -1)), x.shape.at(-1) ?? 1]);
  if (b.shape.length === a.shape.length) return g.matmul(g.transposeLast(a), dy);
  return g.matmul(g.transposeLast(rows(a)), rows(dy));
}

function unaryRule(node: Node, op: Op, x: Node, dy: Node, index: number): Node {
  switch (op.kind) {
    case 'relu':
      return g.mul(dy, g.nonzero(node));
    case 'leakyRelu':
      return g.mul(dy, g.add(g.mul(g.relu(g.sign(x)), 1 - op.alpha), op.alpha));
    case 'sigmoid':
      return g.mul(dy, g.mul(node, g.sub(g.scalar(1), node)));
    case 'exp':
      return g.mul(dy, node);
    case 'log':
      return g.div(dy, x);
    case 'sqrt':
      return g.div(g.mul(dy, 0.5), node);
    case 'abs':
      return g.mul(dy, g.sign(x));
    case 'sign':
    case 'nonzero':
      return zeros(x.shape);
    case 'neg':
      return g.neg(dy);
    case 'reshape':
      return g.reshape(dy, x.shape);
    case 'broadcast':
      return sumTo(dy, x.shape);
    case 'transpose':
      return g.transpose(dy, inverse(op.permutation));
    case 'concat':
      return concatPart(node, op.axis, dy, index);
    case 'slice':
      return g.pad(dy, op.starts, after(x.shape, op.starts, node.shape));
    case 'pad':
      return g.slice(dy, op.before, x.shape);
    case 'flip':
      return g.flip(dy, op.axes);
    case 'reduceSum':
      return g.broadcast(dy, x.shape);
    case 'depthToSpace':
      return g.spaceToDepth(dy, op.block);
    case 'spaceToDepth':
      return g.depthToSpace(dy, op.block);
    case 'maxPool':
      return maxPoolGradient(node, x, dy, op.size);
    case 'upsampleNearest':
      return sumBlocks(dy, op.scale);
    default:
      throw new Error(`${op.kind} has no gradient with one input`);
  }
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

function after(whole: Shape, starts: readonly number[], size: Shape): number[] {
  return whole.map((length, axis) => length - (starts[axis] ?? 0) - (size[axis] ?? 0));
}

function concatPart(node: Node, axis: number, dy: Node, index: number): Node {
  const before = node.inputs.slice(0, index).reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  const part = node.inputs[index] ?? node;
  return g.slice(
    dy,
    part.shape.map((_, i) => (i === axis ? before : 0)),
    part.shape,
  );
}

/** Goes to the largest of every block; equal ones share it. */
function maxPoolGradient(node: Node, x: Node, dy: Node, size: number): Node {
  const isLargest = g.sub(g.scalar(1), g.nonzero(g.sub(x, g.upsampleNearest(node, size))));
  return g.mul(isLargest, g.upsampleNearest(g.div(dy, sumBlocks(isLargest, size)), size));
}

/** [N, C, H s, W s] to [N, C, H, W], each sample the sum of its s x s block. */
function sumBlocks(dy: Node, scale: number): Node {
  const [n = 1, c = 1, h = 1, w = 1] = dy.shape;
  const blocks = g.reshape(dy, [n, c, h / scale, scale, w / scale, scale]);
  return g.reshape(g.reduceSum(blocks, [3, 5]), [n, c, h / scale, w / scale]);
}
