/** Operations that move values without changing them. */
import { type Node, picture, requireShape, type Shape, ShapeError, sizeOf } from './node.ts';

/** Same values in another shape. */
export function reshape(x: Node, shape: Shape): Node {
  requireShape(
    sizeOf(x.shape) === sizeOf(shape),
    'reshape',
    [x.shape, shape],
    'the number of values must stay',
  );
  return { op: { kind: 'reshape' }, inputs: [x], shape };
}

/** Repeats along every axis of size 1 to reach the shape. */
export function broadcast(x: Node, shape: Shape): Node {
  const offset = shape.length - x.shape.length;
  const fits = offset >= 0 && x.shape.every((size, axis) => size === 1 || size === shape[axis + offset]);
  requireShape(fits, 'broadcast', [x.shape, shape], 'sizes must be equal or 1');
  return { op: { kind: 'broadcast' }, inputs: [x], shape };
}

/** Axis i of the result is axis permutation[i] of x. */
export function transpose(x: Node, permutation: readonly number[]): Node {
  const shape = permutation.map((axis) => x.shape[axis] ?? 0);
  const complete = x.shape.every((_, axis) => permutation.includes(axis));
  requireShape(
    complete && permutation.length === x.shape.length,
    'transpose',
    [x.shape, permutation],
    'every axis once',
  );
  return { op: { kind: 'transpose', permutation }, inputs: [x], shape };
}

/** Swaps the last two axes. */
export function transposeLast(x: Node): Node {
  const rank = x.shape.length;
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), rank - 1, rank - 2]);
}

/** Joins along one axis. */
export function concat(parts: readonly Node[], axis: number): Node {
  const [first] = parts;
  if (!first) throw new ShapeError('concat', [], 'expected at least one part');
  const shapes = parts.map((part) => part.shape);
  const others = (shape: Shape) => shape.filter((_, index) => index !== axis).join();
  const fits = axis < first.shape.length && shapes.every((shape) => others(shape) === others(first.shape));
  requireShape(fits, 'concat', shapes, `all sizes but axis ${axis} must be equal`);
  const joined = shapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
  const shape = first.shape.map((size, index) => (index === axis ? joined : size));
  return { op: { kind: 'concat', axis }, inputs: parts, shape };
}

/** The block of the given size that begins at starts. */
export function slice(x: Node, starts: readonly number[], size: Shape): Node {
  const inside =
    starts.length === x.shape.length &&
    size.length === x.shape.length &&
    x.shape.every(
      (whole, axis) => (starts[axis] ?? -1) >= 0 && (starts[axis] ?? 0) + (size[axis] ?? 0) <= whole,
    );
  requireShape(inside, 'slice', [x.shape, starts, size], 'start and size must lie inside');
  return { op: { kind: 'slice', starts }, inputs: [x], shape: size };
}

/** Reverses the order along the axes. */
export function flip(x: Node, axes: readonly number[]): Node {
  const fits = axes.every((axis) => axis >= 0 && axis < x.shape.length);
  requireShape(fits, 'flip', [x.shape, axes], 'axes must exist');
  return { op: { kind: 'flip', axes }, inputs: [x], shape: x.shape };
}

/** Zeros before and after every axis. */
export function pad(x: Node, before: readonly number[], after: readonly number[]): Node {
  const rank = x.shape.length;
  requireShape(before.length === rank && after.length === rank, 'pad', [x.shape, before], 'one pad per axis');
  const shape = x.shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0));
  return { op: { kind: 'pad', before }, inputs: [x], shape };
}

/** [N, C b², H, W] to [N, C, H b, W b], channels ordered as in TensorFlow (ONNX mode DCR). */
export function depthToSpace(x: Node, block: number): Node {
  const [n, c, h, w] = picture('depthToSpace', x);
  requireShape(c % block ** 2 === 0, 'depthToSpace', [x.shape, [block]], 'channels must divide by block²');
  const shape = [n, c / block ** 2, h * block, w * block];
  return { op: { kind: 'depthToSpace', block }, inputs: [x], shape };
}

/** The inverse of depthToSpace. */
export function spaceToDepth(x: Node, block: number): Node {
  const [n, c, h, w] = picture('spaceToDepth', x);
  const divides = h % block === 0 && w % block === 0;
  requireShape(divides, 'spaceToDepth', [x.shape, [block]], 'height and width must divide by block');
  const shape = [n, c * block ** 2, h / block, w / block];
  return { op: { kind: 'spaceToDepth', block }, inputs: [x], shape };
}
