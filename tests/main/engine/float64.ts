/** Graphs computed in 64-bit floats, as plainly as possible: the truth that engines of 32-bit floats are held to. */
import type { Node, Op, Shape } from '../../../main/engine/graph/graph.ts';
import * as g from '../../../main/engine/graph/graph.ts';

type Values = Float64Array;
type Convolution = Extract<Op, { kind: 'conv2d' | 'convTranspose2d' }>;

/**
 * Knows the operations of autoencoders and of their gradients.
 *
 * @param given values of inputs and parameters by name
 * @returns what tells a node's values
 */
export function inFloat64(
  outputs: readonly Node[],
  given: ReadonlyMap<string, ArrayLike<number>>,
): (node: Node) => Values {
  const values = new Map<Node, Values>();
  const of = (node: Node | undefined): Values => {
    const found = node && values.get(node);
    if (!found) throw new Error('a value is used before it is computed');
    return found;
  };
  for (const node of g.topologicalOrder(outputs)) values.set(node, compute(node, of, given));
  return of;
}

function compute(
  node: Node,
  of: (node: Node | undefined) => Values,
  given: ReadonlyMap<string, ArrayLike<number>>,
): Values {
  const { op, inputs, shape } = node;
  const [a, b] = inputs;
  const each = (work: (value: number) => number) => of(a).map(work);
  const both = (work: (x: number, y: number) => number) => {
    const [x, y] = [spread(a, of(a), shape), spread(b, of(b), shape)];
    return x.map((value, i) => work(value, y[i] ?? Number.NaN));
  };
  const from = a?.shape ?? [];
  switch (op.kind) {
    case 'input':
    case 'parameter': {
      const value = given.get(op.name);
      if (!value) throw new Error(`no value for ${op.name}`);
      return Float64Array.from(value);
    }
    case 'constant':
      return Float64Array.from(op.values);
    case 'add':
      return both((x, y) => x + y);
    case 'sub':
      return both((x, y) => x - y);
    case 'mul':
      return both((x, y) => x * y);
    case 'div':
      return both((x, y) => x / y);
    case 'relu':
      return each((x) => Math.max(x, 0));
    case 'exp':
    case 'log':
    case 'abs':
    case 'sign':
      return each(Math[op.kind]);
    case 'nonzero':
      return each((x) => Math.abs(Math.sign(x)));
    case 'neg':
      return each((x) => -x);
    case 'reshape':
      return of(a);
    case 'matmul':
      return matmul(of(a), of(b), from, b?.shape ?? []);
    case 'conv2d':
      return convolution(
        op,
        { shape, values: new Float64Array(g.sizeOf(shape)) },
        { shape: from, values: of(a) },
        b,
        of(b),
      ).y;
    case 'convTranspose2d':
      // Each value of x goes to where the convolution with the same weight would have taken it from.
      return convolution(
        op,
        { shape: from, values: of(a) },
        { shape, values: new Float64Array(g.sizeOf(shape)) },
        b,
        of(b),
      ).x;
    case 'broadcast':
      return spread(a, of(a), shape);
    case 'transpose': {
      const all = strides(from);
      return gathered(
        of(a),
        shape,
        op.permutation.map((axis) => all[axis] ?? 0),
      );
    }
    case 'slice':
      return gathered(of(a), shape, strides(from), at(op.starts, strides(from)));
    case 'reduceSum':
      return scattered(
        of(a),
        from,
        shape,
        strides(shape).map((stride, axis) => (op.axes.includes(axis) ? 0 : stride)),
      );
    case 'pad':
      return scattered(of(a), from, shape, strides(shape), at(op.before, strides(shape)));
    case 'upsampleNearest': {
      const [n = 1, c = 1, h = 1, w = 1] = from;
      const six = [n, c, h, op.scale, w, op.scale];
      return gathered(of(a), six, [c * h * w, h * w, w, 0, 1, 0]);
    }
    default:
      throw new Error(`${op.kind} is not written in 64-bit floats`);
  }
}

function strides(shape: Shape): number[] {
  return shape.map((_, axis) => g.sizeOf(shape.slice(axis + 1)));
}

function at(place: readonly number[], steps: readonly number[]): number {
  return place.reduce((sum, coordinate, axis) => sum + coordinate * (steps[axis] ?? 0), 0);
}

/** For every value of a shape, row by row, where it lies under other strides. */
function places(shape: Shape, steps: readonly number[], offset = 0): Int32Array {
  return shape.reduce((before, size, axis) => {
    const after = new Int32Array(before.length * size);
    for (let i = 0; i < after.length; i++)
      after[i] = (before[Math.floor(i / size)] ?? 0) + (i % size) * (steps[axis] ?? 0);
    return after;
  }, Int32Array.of(offset));
}

function gathered(x: Values, shape: Shape, steps: readonly number[], offset = 0): Values {
  return Float64Array.from(places(shape, steps, offset), (place) => x[place] ?? Number.NaN);
}

function scattered(x: Values, from: Shape, shape: Shape, steps: readonly number[], offset = 0): Values {
  const result = new Float64Array(g.sizeOf(shape));
  for (const [i, place] of places(from, steps, offset).entries())
    result[place] = (result[place] ?? Number.NaN) + (x[i] ?? Number.NaN);
  return result;
}

function spread(node: Node | undefined, x: Values, shape: Shape): Values {
  const own = node?.shape ?? [];
  if (own.join() === shape.join()) return x;
  const missing = shape.length - own.length;
  const steps = strides(own);
  return gathered(
    x,
    shape,
    shape.map((_, axis) => (own[axis - missing] === 1 ? 0 : (steps[axis - missing] ?? 0))),
  );
}

/** A right side without leading axes is shared by the whole batch. */
function matmul(a: Values, b: Values, left: Shape, right: Shape): Values {
  const [k = 1, n = 1] = right.slice(-2);
  const rows = left.at(-2) ?? 1;
  const result = new Float64Array((a.length / k) * n);
  for (let i = 0; i < a.length / k; i++) {
    const matrix = right.length > 2 ? Math.floor(i / rows) * k * n : 0;
    for (let j = 0; j < k; j++) {
      const factor = a[i * k + j] ?? Number.NaN;
      for (let to = i * n, from = matrix + j * n; to < (i + 1) * n; to++, from++)
        result[to] = (result[to] ?? 0) + factor * (b[from] ?? Number.NaN);
    }
  }
  return result;
}

interface Pictures {
  readonly shape: Shape;
  readonly values: Values;
}

/** Adds every product of a convolution of x to y, or for its adjoint every product with y to x. */
function convolution(
  op: Convolution,
  y: Pictures,
  x: Pictures,
  weights: Node | undefined,
  factors: Values,
): { readonly y: Values; readonly x: Values } {
  const [n = 1, co = 1, oh = 1, ow = 1] = y.shape;
  const [, ci = 1, h = 1, w = 1] = x.shape;
  const [, perGroup = 1, kh = 1, kw = 1] = weights?.shape ?? [];
  const forward = op.kind === 'conv2d';
  const groups = op.kind === 'conv2d' ? op.groups : 1;
  const [ys, xs] = [y.values, x.values];
  for (let at = 0; at < n * co * oh * ow; at++) {
    const channel = Math.floor(at / ow / oh) % co;
    const first = Math.floor(at / ow / oh / co) * ci + Math.floor(channel / (co / groups)) * perGroup;
    const top = (Math.floor(at / ow) % oh) * op.stride - op.pads[0];
    const left = (at % ow) * op.stride - op.pads[1];
    for (let tap = 0; tap < perGroup * kh * kw; tap++) {
      const row = top + (Math.floor(tap / kw) % kh);
      const column = left + (tap % kw);
      if (row < 0 || column < 0 || row >= h || column >= w) continue;
      const source = ((first + Math.floor(tap / kw / kh)) * h + row) * w + column;
      const factor = factors[channel * perGroup * kh * kw + tap] as number;
      if (forward) ys[at] = (ys[at] as number) + factor * (xs[source] as number);
      else xs[source] = (xs[source] as number) + factor * (ys[at] as number);
    }
  }
  return { y: ys, x: xs };
}
