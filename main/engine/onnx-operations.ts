/** ONNX operations as graph operations: the way back from `toOnnx`. */
import schema, { type onnx } from 'onnx-proto';
import type { Node, Shape } from './graph/graph.ts';
import * as g from './graph/graph.ts';

/** An operation, or a use of one, that graphs don't have; the message names it. */
export class UnknownOperation extends Error {
  override readonly name = 'UnknownOperation';

  constructor(what: string) {
    super(`it uses ${what}`);
  }
}

/** What a file's operation may take its inputs from, by name. */
export interface Scope {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly integers: ReadonlyMap<string, readonly number[]>;
  readonly parameters: ReadonlyMap<string, { readonly values: Float32Array }>;
}

export function lookUp(nodes: ReadonlyMap<string, Node>, name: string): Node {
  const node = nodes.get(name);
  if (!node) throw new UnknownOperation(`the value "${name}", which it does not compute from floats`);
  return node;
}

const unary = new Map(
  Object.entries({
    Relu: g.relu,
    Sigmoid: g.sigmoid,
    Exp: g.exp,
    Log: g.log,
    Sqrt: g.sqrt,
    Abs: g.abs,
    Sign: g.sign,
    Neg: g.neg,
    Identity: (x: Node) => x,
  }),
);
const binary = new Map(Object.entries({ Add: g.add, Sub: g.sub, Mul: g.mul, Div: g.div, MatMul: g.matmul }));

/** @throws {UnknownOperation} */
export function applyOperation(proto: onnx.INodeProto, scope: Scope): Node {
  const call = new Call(proto, scope);
  const x = call.node(0);
  const one = unary.get(call.opType);
  if (one) return one(x);
  const two = binary.get(call.opType);
  if (two) return two(x, call.node(1));
  switch (call.opType) {
    case 'Cast':
      // Constants are floats already; truth values stay floats that are 0 or 1.
      return call.int('to', type.FLOAT) === type.BOOL ? g.nonzero(x) : x;
    case 'LeakyRelu':
      return g.leakyRelu(x, call.float('alpha', 0.01));
    case 'Conv':
      return convolution(call, x);
    case 'ConvTranspose':
      return transposedConvolution(call, x);
    case 'DepthToSpace':
      call.require(call.text('mode') === 'DCR' || call.text('mode') === '', 'in another order');
      return g.depthToSpace(x, call.int('blocksize', 1));
    case 'SpaceToDepth':
      return g.spaceToDepth(x, call.int('blocksize', 1));
    case 'Resize':
      return enlarged(call, x);
    case 'MaxPool':
      return maxPool(call, x);
    case 'Reshape':
      return g.reshape(x, wholeShape(x, call.list(1)));
    case 'Expand':
      return g.broadcast(x, call.list(1));
    case 'Transpose':
      return g.transpose(x, call.ints('perm') ?? [...x.shape.keys()].reverse());
    case 'Concat':
      return g.concat(
        call.inputs.map((_, index) => call.node(index)),
        fromEnd(call.int('axis', 0), x),
      );
    case 'Slice':
      return slice(call, x);
    case 'Pad': {
      const pads = call.list(1);
      return g.pad(x, pads.slice(0, x.shape.length), pads.slice(x.shape.length));
    }
    case 'ReduceSum':
      call.require(call.int('keepdims', 1) === 1, 'that drops axes');
      return g.reduceSum(
        x,
        call.list(1).map((axis) => fromEnd(axis, x)),
      );
    default:
      throw new UnknownOperation(`the operation ${call.opType}`);
  }
}

const type = schema.onnx.TensorProto.DataType;

/** One operation of the file. */
class Call {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly #attributes: ReadonlyMap<string, onnx.IAttributeProto>;
  readonly #scope: Scope;

  constructor({ opType, input, attribute }: onnx.INodeProto, scope: Scope) {
    this.opType = opType ?? '';
    this.inputs = input ?? [];
    this.#attributes = new Map((attribute ?? []).map((each) => [each.name ?? '', each]));
    this.#scope = scope;
  }

  /** @throws {UnknownOperation} when the operation is used in a way that graphs don't know */
  require(holds: boolean, use: string): void {
    if (!holds) throw new UnknownOperation(`the operation ${this.opType} ${use}`);
  }

  node(index: number): Node {
    return lookUp(this.#scope.nodes, this.inputs[index] ?? '');
  }

  /** Integers, which must be known before the graph runs. */
  list(index: number): readonly number[] {
    const values = this.#scope.integers.get(this.inputs[index] ?? '');
    if (!values) throw new UnknownOperation(`the operation ${this.opType} with sizes that it computes`);
    return values;
  }

  constant(index: number): readonly number[] {
    return [...(this.#scope.parameters.get(this.inputs[index] ?? '')?.values ?? [])];
  }

  ints(name: string): readonly number[] | undefined {
    const values = this.#attributes.get(name)?.ints;
    return values?.length ? values.map(Number) : undefined;
  }

  int(name: string, otherwise: number): number {
    return Number(this.#attributes.get(name)?.i ?? otherwise);
  }

  float(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.f ?? otherwise;
  }

  text(name: string): string {
    return new TextDecoder().decode(this.#attributes.get(name)?.s ?? new Uint8Array());
  }

  /** The one stride of a window, and its pads. */
  window(): { readonly stride: number; readonly pads: readonly [number, number, number, number] } {
    const [stride = 1, across = stride] = this.ints('strides') ?? [];
    const [top = 0, left = 0, bottom = 0, right = 0] = this.ints('pads') ?? [];
    this.require(stride === across, 'with two strides');
    this.require(
      (this.ints('dilations') ?? []).every((size) => size === 1),
      'with dilation',
    );
    this.require(['', 'NOTSET'].includes(this.text('auto_pad')), 'with automatic pads');
    return { stride, pads: [top, left, bottom, right] };
  }
}

function convolution(call: Call, x: Node): Node {
  const result = g.conv2d(x, call.node(1), { ...call.window(), groups: call.int('group', 1) });
  return call.inputs[2] ? withBias(result, call.node(2)) : result;
}

function transposedConvolution(call: Call, x: Node): Node {
  call.require(call.int('group', 1) === 1, 'with groups');
  const [extraH = 0, extraW = 0] = call.ints('output_padding') ?? [];
  const result = g.convTranspose2d(x, call.node(1), { ...call.window(), outputPadding: [extraH, extraW] });
  return call.inputs[2] ? withBias(result, call.node(2)) : result;
}

function withBias(x: Node, bias: Node): Node {
  return g.add(x, g.reshape(bias, [1, g.sizeOf(bias.shape), 1, 1]));
}

function enlarged(call: Call, x: Node): Node {
  const [n, c, height = 0, width] = call.constant(2);
  const repeats = call.text('mode') === 'nearest' && call.text('nearest_mode') === 'floor';
  call.require(repeats && call.text('coordinate_transformation_mode') === 'asymmetric', 'that interpolates');
  call.require(n === 1 && c === 1 && height === width && Number.isInteger(height), 'by another scale');
  return g.upsampleNearest(x, height);
}

function maxPool(call: Call, x: Node): Node {
  const [size = 1, across] = call.ints('kernel_shape') ?? [];
  const { stride, pads } = call.window();
  call.require(size === across && size === stride && pads.every((pad) => pad === 0), 'with overlap');
  return g.maxPool(x, size);
}

/** 0 keeps the size of the input, -1 stands for what is left. */
function wholeShape(x: Node, sizes: readonly number[]): Shape {
  const kept = sizes.map((size, axis) => (size === 0 ? (x.shape[axis] ?? 0) : size));
  const left = g.sizeOf(x.shape) / g.sizeOf(kept.filter((size) => size !== -1));
  return kept.map((size) => (size === -1 ? left : size));
}

const fromEnd = (axis: number, x: Node) => (axis < 0 ? axis + x.shape.length : axis);

/** Blocks, and whole axes backwards. */
function slice(call: Call, x: Node): Node {
  const [from, to] = [call.list(1), call.list(2)];
  const axes = (call.inputs[3] ? call.list(3) : [...from.keys()]).map((axis) => fromEnd(axis, x));
  const steps = call.inputs[4] ? call.list(4) : from.map(() => 1);
  if (steps.every((step) => step === -1)) {
    const whole = from.every((start, i) => start === -1 && (to[i] ?? 0) < -(x.shape[axes[i] ?? 0] ?? 0));
    call.require(whole, 'of a part backwards');
    return g.flip(x, axes);
  }
  call.require(
    steps.every((step) => step === 1),
    'with steps',
  );
  const clamp = (position: number, size: number) =>
    Math.min(size, Math.max(0, position < 0 ? position + size : position));
  const starts = x.shape.map((size, axis) => clamp(from[axes.indexOf(axis)] ?? 0, size));
  const ends = x.shape.map((size, axis) => clamp(to[axes.indexOf(axis)] ?? size, size));
  return g.slice(
    x,
    starts,
    ends.map((end, axis) => end - (starts[axis] ?? 0)),
  );
}
