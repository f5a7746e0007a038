/** Lowers a graph to an ONNX model: standard operations only, so that every runtime and device can run it. */
import schema, { type onnx } from 'onnx-proto';
import { type Node, type Op, type Shape, sizeOf, topologicalOrder } from './graph/graph.ts';
import { fromHalf, toHalf } from './half.ts';

/** ONNX operator set and file version; the oldest that carry every operation used. */
const opset = 17;
const irVersion = 8;

export interface LoweringOptions {
  /** Values of the graph's parameters by name; they become constants of the model. */
  readonly parameters?: ReadonlyMap<string, Float32Array>;
  /** Keeps the parameters as 16-bit floats: half the file, the same speed, since a runtime widens constants once. */
  readonly halfParameters?: boolean;
  /** Leaves batch, height and width of inputs and outputs open. */
  readonly freeSize?: boolean;
  /** Leaves the first axis of inputs and outputs open; every graph operation must keep it. */
  readonly freeBatch?: boolean;
  /** Key-value pairs kept in the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * @param outputs the model's outputs by name; its inputs are the input nodes they depend on
 * @returns the bytes of the .onnx file
 */
export function toOnnx(outputs: Readonly<Record<string, Node>>, options: LoweringOptions = {}): Uint8Array {
  const lowering = new Lowering(options, outputs);
  for (const node of topologicalOrder(Object.values(outputs))) lowering.add(node);
  for (const [name, node] of Object.entries(outputs)) lowering.output(name, node);
  return schema.onnx.ModelProto.encode({
    irVersion,
    producerName: 'relume',
    opsetImport: [{ domain: '', version: opset }],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: lowering.graph,
  }).finish();
}

/** ONNX names of the operations that map one to one. */
const plain = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  abs: 'Abs',
  sign: 'Sign',
  neg: 'Neg',
  matmul: 'MatMul',
  stopGradient: 'Identity',
} as const;

interface Operation {
  readonly opType: string;
  readonly inputs: string[];
  readonly attributes: onnx.IAttributeProto[];
}

function operation(opType: string, inputs: string[], attributes: onnx.IAttributeProto[] = []): Operation {
  return { opType, inputs, attributes };
}

class Lowering {
  readonly graph: onnx.IGraphProto & {
    node: onnx.INodeProto[];
    initializer: onnx.ITensorProto[];
    input: onnx.IValueInfoProto[];
    output: onnx.IValueInfoProto[];
  } = { name: 'relume', node: [], initializer: [], input: [], output: [] };
  readonly #names = new Map<Node, string>();
  readonly #options: LoweringOptions;
  /** Nodes that carry an output's name from the start; an Identity would copy them. */
  readonly #outputs: ReadonlyMap<Node, string>;

  constructor(options: LoweringOptions, outputs: Readonly<Record<string, Node>>) {
    this.#options = options;
    this.#outputs = new Map(Object.entries(outputs).map(([name, node]) => [node, name]));
  }

  add(node: Node): void {
    const { op } = node;
    if (op.kind === 'input') this.#input(op.name, node);
    else if (op.kind === 'constant') this.#names.set(node, this.#floats(op.values, node.shape));
    else if (op.kind === 'parameter') this.#names.set(node, this.#parameter(op.name, node.shape));
    else this.#names.set(node, this.#emit(this.#operation(node, op), this.#outputs.get(node)));
  }

  output(name: string, node: Node): void {
    const known = this.#nameOf(node);
    if (known !== name) this.#emit(operation('Identity', [known]), name);
    this.graph.output.push(this.#valueInfo(name, node.shape));
  }

  #input(name: string, node: Node): void {
    this.graph.input.push(this.#valueInfo(name, node.shape));
    this.#names.set(node, name);
  }

  #valueOf(name: string): Float32Array {
    const values = this.#options.parameters?.get(name);
    if (!values) throw new Error(`no value for the parameter ${name}`);
    return values;
  }

  #parameter(name: string, shape: Shape): string {
    const values = this.#valueOf(name);
    if (!this.#options.halfParameters) return this.#floats(values, shape, name);
    const rawData = new Uint8Array(toHalf(values).buffer);
    this.graph.initializer.push({ name, dims: [...shape], dataType: type.FLOAT16, rawData });
    return this.#emit(operation('Cast', [name], [int('to', type.FLOAT)]));
  }

  #nameOf(node: Node): string {
    const name = this.#names.get(node);
    if (name === undefined) throw new Error(`${node.op.kind} is used before it is computed`);
    return name;
  }

  #operation(node: Node, op: Op): Operation {
    const inputs = node.inputs.map((part) => this.#nameOf(part));
    switch (op.kind) {
      case 'nonzero':
        return operation(
          'Cast',
          [this.#emit(operation('Cast', inputs, [int('to', type.BOOL)]))],
          [int('to', type.FLOAT)],
        );
      case 'leakyRelu':
        return operation('LeakyRelu', inputs, [float('alpha', op.alpha)]);
      case 'conv2d':
        return operation('Conv', inputs, [
          ints('strides', [op.stride, op.stride]),
          ints('pads', op.pads),
          int('group', op.groups),
        ]);
      case 'convTranspose2d':
        return operation('ConvTranspose', inputs, [
          ints('strides', [op.stride, op.stride]),
          ints('pads', op.pads),
          ints('output_padding', op.outputPadding),
        ]);
      case 'depthToSpace':
        return operation('DepthToSpace', inputs, [int('blocksize', op.block), text('mode', 'DCR')]);
      case 'spaceToDepth':
        return operation('SpaceToDepth', inputs, [int('blocksize', op.block)]);
      case 'upsampleNearest': {
        const scales = this.#floats(Float32Array.of(1, 1, op.scale, op.scale), [4]);
        const modes = [
          text('mode', 'nearest'),
          text('coordinate_transformation_mode', 'asymmetric'),
          text('nearest_mode', 'floor'),
        ];
        return operation('Resize', [...inputs, '', scales], modes);
      }
      case 'maxPool': {
        const square = [op.size, op.size];
        return operation('MaxPool', inputs, [ints('kernel_shape', square), ints('strides', square)]);
      }
      case 'reshape':
        return this.#reshape(inputs, node);
      case 'broadcast':
        return operation('Expand', [...inputs, this.#integers(node.shape)]);
      case 'transpose':
        return operation('Transpose', inputs, [ints('perm', op.permutation)]);
      case 'concat':
        return operation('Concat', inputs, [int('axis', op.axis)]);
      case 'slice':
        return this.#slice(inputs, op.starts, node);
      case 'flip':
        return this.#flip(inputs, op.axes);
      case 'pad':
        return this.#pad(inputs, op.before, node);
      case 'reduceSum':
        return operation('ReduceSum', [...inputs, this.#integers(op.axes)], [int('keepdims', 1)]);
      case 'input':
      case 'parameter':
      case 'constant':
        throw new Error(`${op.kind} is not an operation`);
      default:
        return operation(plain[op.kind], inputs);
    }
  }

  /** A first axis that stays is copied from the input where the batch is open: 0 says so in ONNX. */
  #reshape(inputs: string[], node: Node): Operation {
    const [batch, ...rest] = node.shape;
    const keepsBatch = this.#options.freeBatch && batch === node.inputs[0]?.shape[0];
    return operation('Reshape', [...inputs, this.#integers(keepsBatch ? [0, ...rest] : node.shape)]);
  }

  /** Only the axes that are cut are named, so that the others may stay open. */
  #slice(inputs: string[], starts: readonly number[], node: Node): Operation {
    const whole = node.inputs[0]?.shape ?? [];
    const axes = [...node.shape.keys()].filter((axis) => node.shape[axis] !== whole[axis]);
    const from = axes.map((axis) => starts[axis] ?? 0);
    const to = axes.map((axis) => (starts[axis] ?? 0) + (node.shape[axis] ?? 0));
    return operation('Slice', [...inputs, this.#integers(from), this.#integers(to), this.#integers(axes)]);
  }

  #flip(inputs: string[], axes: readonly number[]): Operation {
    const last = this.#integers(axes.map(() => -1));
    const beforeFirst = this.#integers(axes.map(() => -(2 ** 31)));
    return operation('Slice', [...inputs, last, beforeFirst, this.#integers(axes), last]);
  }

  #pad(inputs: string[], before: readonly number[], node: Node): Operation {
    const whole = node.inputs[0]?.shape ?? [];
    const after = node.shape.map((size, axis) => size - (whole[axis] ?? 0) - (before[axis] ?? 0));
    return operation('Pad', [...inputs, this.#integers([...before, ...after])]);
  }

  #emit({ opType, inputs, attributes }: Operation, name = `v${this.graph.node.length}`): string {
    this.graph.node.push({ opType, name, input: inputs, output: [name], attribute: attributes });
    return name;
  }

  #floats(values: Float32Array, shape: Shape, name = `c${this.graph.initializer.length}`): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, sizeOf(shape) * 4);
    const dataType = type.FLOAT;
    this.graph.initializer.push({ name, dims: [...shape], dataType, rawData });
    return name;
  }

  #integers(values: readonly number[]): string {
    const name = `c${this.graph.initializer.length}`;
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    const dataType = type.INT64;
    this.graph.initializer.push({ name, dims: [values.length], dataType, rawData });
    return name;
  }

  #valueInfo(name: string, shape: Shape): onnx.IValueInfoProto {
    const { freeSize, freeBatch } = this.#options;
    const free =
      freeSize && shape.length === 4 ? ['batch', undefined, 'height', 'width'] : freeBatch ? ['batch'] : [];
    const dim = shape.map((dimValue, axis) => {
      const dimParam = free[axis];
      return dimParam ? { dimParam } : { dimValue };
    });
    return {
      name,
      type: { tensorType: { elemType: type.FLOAT, shape: { dim } } },
    };
  }
}

const type = schema.onnx.TensorProto.DataType;
const { AttributeType } = schema.onnx.AttributeProto;
const int = (name: string, i: number) => ({ name, i, type: AttributeType.INT });
const ints = (name: string, values: readonly number[]) => ({
  name,
  ints: [...values],
  type: AttributeType.INTS,
});
const float = (name: string, f: number) => ({ name, f, type: AttributeType.FLOAT });
const text = (name: string, s: string) => ({
  name,
  s: new TextEncoder().encode(s),
  type: AttributeType.STRING,
});

/** The float constants of a model by name: of a model of ours, the parameters among them. */
export function readParameters(model: Uint8Array): Map<string, Float32Array> {
  const { graph } = schema.onnx.ModelProto.decode(model);
  const values = new Map<string, Float32Array>();
  for (const { name, dataType, rawData } of graph?.initializer ?? []) {
    if (!name || !rawData) continue;
    // A copy: the bytes may begin where no number can.
    const { buffer } = Uint8Array.from(rawData);
    if (dataType === type.FLOAT) values.set(name, new Float32Array(buffer));
    if (dataType === type.FLOAT16) values.set(name, fromHalf(new Uint16Array(buffer)));
  }
  return values;
}
