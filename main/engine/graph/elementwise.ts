/** Operations that work value by value; the two operands of a binary one are broadcast as in NumPy. */
import { type BinaryKind, type Node, requireShape, type Shape, scalar, type UnaryKind } from './node.ts';

function unary(kind: UnaryKind, x: Node): Node {
  return { op: { kind }, inputs: [x], shape: x.shape };
}

/** Shape of two operands broadcast against each other. @throws ShapeError */
function broadcastShape(operation: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    requireShape(left === right || left === 1 || right === 1, operation, [a, b], 'sizes must be equal or 1');
    return left === 1 ? right : left;
  });
}

function binary(kind: BinaryKind, a: Node, b: Node | number): Node {
  const right = typeof b === 'number' ? scalar(b) : b;
  return { op: { kind }, inputs: [a, right], shape: broadcastShape(kind, a.shape, right.shape) };
}

export const add = (a: Node, b: Node | number): Node => binary('add', a, b);
export const sub = (a: Node, b: Node | number): Node => binary('sub', a, b);
export const mul = (a: Node, b: Node | number): Node => binary('mul', a, b);
export const div = (a: Node, b: Node | number): Node => binary('div', a, b);

/** max(x, 0) */
export const relu = (x: Node): Node => unary('relu', x);
/** 1 / (1 + exp(-x)) */
export const sigmoid = (x: Node): Node => unary('sigmoid', x);
export const exp = (x: Node): Node => unary('exp', x);
export const log = (x: Node): Node => unary('log', x);
export const sqrt = (x: Node): Node => unary('sqrt', x);
export const abs = (x: Node): Node => unary('abs', x);
/** -1, 0 or 1; its gradient is zero. */
export const sign = (x: Node): Node => unary('sign', x);
/** 1 where x is not zero, else 0; its gradient is zero. */
export const nonzero = (x: Node): Node => unary('nonzero', x);
export const neg = (x: Node): Node => unary('neg', x);

/** x itself, which no gradient passes. */
export function stopGradient(x: Node): Node {
  return { op: { kind: 'stopGradient' }, inputs: [x], shape: x.shape };
}

/** ln(1 + exp(x)), written so that large values do not overflow: max(x, 0) + ln(1 + exp(-|x|)). */
export function softplus(x: Node): Node {
  return add(relu(x), log(add(exp(neg(abs(x))), 1)));
}

/** x where positive, alpha x elsewhere. */
export function leakyRelu(x: Node, alpha: number): Node {
  return { op: { kind: 'leakyRelu', alpha }, inputs: [x], shape: x.shape };
}
