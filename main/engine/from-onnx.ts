/**
 * Reads an ONNX model back into a graph: what `toOnnx` writes, and models from elsewhere that use no more.
 *
 * ONNX Runtime runs the file itself; this is for an engine that runs graphs. A graph has fixed shapes, so it is built
 * anew for every size of input.
 */
import schema, { type onnx } from 'onnx-proto';
import type { Node, Shape } from './graph/graph.ts';
import * as g from './graph/graph.ts';
import { fromHalf } from './half.ts';
import { applyOperation, lookUp } from './onnx-operations.ts';

export interface OnnxGraph {
  /** Sizes by input name; undefined where any will do. */
  readonly inputs: ReadonlyMap<string, readonly (number | undefined)[]>;
  readonly outputs: ReadonlyMap<string, readonly (number | undefined)[]>;
  /** Values of the built graph's parameters by name: every float constant of the file. */
  readonly parameters: ReadonlyMap<string, { readonly shape: Shape; readonly values: Float32Array }>;
  /** The outputs by name, for inputs of these shapes. @throws {UnknownOperation} */
  build(shapes: Readonly<Record<string, Shape>>): Record<string, Node>;
}

/** @throws Error when the bytes are no ONNX model */
export function fromOnnx(model: Uint8Array): OnnxGraph {
  const { graph } = schema.onnx.ModelProto.decode(model);
  if (!graph) throw new Error('there is no graph in it');
  const constants = [...(graph.initializer ?? []), ...constantNodes(graph)].map(readConstant);
  const parameters = new Map(
    constants.flatMap(({ name, shape, floats }) => (floats ? [[name, { shape, values: floats }]] : [])),
  );
  const integers = new Map(constants.flatMap(({ name, integers: list }) => (list ? [[name, list]] : [])));
  const inputs = sizesByName((graph.input ?? []).filter(({ name }) => !parameters.has(name ?? '')));
  return {
    inputs,
    outputs: sizesByName(graph.output ?? []),
    parameters,
    build: (shapes) => {
      const nodes = new Map<string, Node>();
      for (const [name, { shape }] of parameters) nodes.set(name, g.parameter(name, shape));
      for (const [name, shape] of Object.entries(shapes)) nodes.set(name, g.input(name, shape));
      for (const proto of graph.node ?? []) {
        if (proto.opType === 'Constant') continue;
        nodes.set(proto.output?.[0] ?? '', applyOperation(proto, { nodes, integers, parameters }));
      }
      return Object.fromEntries(
        (graph.output ?? []).map(({ name }) => [name ?? '', lookUp(nodes, name ?? '')]),
      );
    },
  };
}

/** Exporters write some constants as nodes; a tensor under the name of its node is the same. */
function constantNodes({ node }: onnx.IGraphProto): onnx.ITensorProto[] {
  return (node ?? []).flatMap(({ opType, output, attribute }) => {
    const value = attribute?.find(({ name }) => name === 'value')?.t;
    return opType === 'Constant' && value ? [{ ...value, name: output?.[0] ?? '' }] : [];
  });
}

const type = schema.onnx.TensorProto.DataType;

interface Constant {
  readonly name: string;
  readonly shape: Shape;
  readonly floats?: Float32Array;
  readonly integers?: readonly number[];
}

function readConstant({ name, dims, dataType, rawData, floatData, int64Data }: onnx.ITensorProto): Constant {
  const known = { name: name ?? '', shape: (dims ?? []).map(Number) };
  // A copy: the bytes may begin where no number can.
  const bytes = Uint8Array.from(rawData ?? []).buffer;
  const raw = bytes.byteLength > 0;
  if (dataType === type.FLOAT) {
    return { ...known, floats: raw ? new Float32Array(bytes) : Float32Array.from(floatData ?? []) };
  }
  if (dataType === type.FLOAT16) return { ...known, floats: fromHalf(new Uint16Array(bytes)) };
  if (dataType === type.INT64) {
    return { ...known, integers: (raw ? [...new BigInt64Array(bytes)] : (int64Data ?? [])).map(Number) };
  }
  return known;
}

function sizesByName(values: readonly onnx.IValueInfoProto[]): Map<string, (number | undefined)[]> {
  return new Map(
    values.map(({ name, type: kind }) => {
      const dim = kind?.tensorType?.shape?.dim ?? [];
      return [name ?? '', dim.map(({ dimValue }) => (dimValue ? Number(dimValue) : undefined))];
    }),
  );
}
