/** Looks into an ONNX file from elsewhere before anything runs it. */
import schema, { type onnx } from 'onnx-proto';
import { ModelError } from './model-error.ts';

/** What a file says about its only input. */
export interface ModelFacts {
  /** Axes of the input, and of the output; undefined where any size will do. */
  readonly input: readonly (number | undefined)[];
  /** Numbers that were learned. */
  readonly parameters: number;
  /** Names and remarks in which makers tell of conventions. */
  readonly words: string;
}

const largestFile = 2 ** 30;
/** Operator sets that ONNX Runtime has built in. */
const builtIn = ['', 'ai.onnx', 'com.microsoft'];
const { EXTERNAL } = schema.onnx.TensorProto.DataLocation;
const { FLOAT, FLOAT16 } = schema.onnx.TensorProto.DataType;

/**
 * @param label what the model is called in messages
 * @throws ModelError when it is no model of one picture in, one picture out, that can be run by itself
 */
export function inspectModel(bytes: Uint8Array, label: string): ModelFacts {
  if (bytes.length > largestFile)
    throw new ModelError(`${label} is larger than 1 GB, which is no restoration model.`);
  const model = refuseOutside(bytes, label);
  const graph = model.graph ?? {};
  const constants = new Set((graph.initializer ?? []).map(({ name }) => name));
  const inputs = (graph.input ?? []).filter(({ name }) => !constants.has(name));
  const input = onlyOne(inputs, 'input', label);
  const output = onlyOne(graph.output ?? [], 'output', label);
  axesOf(output, 'output', label);
  const parameters = (graph.initializer ?? []).reduce((sum, each) => sum + countOf(each), 0);
  const remarks = model.metadataProps.map(({ key, value }) => `${key} ${value}`);
  const words = [input.name, output.name, model.docString, graph.docString, ...remarks]
    .join(' ')
    .toLowerCase();
  return { input: axesOf(input, 'input', label), parameters, words };
}

/**
 * Refuses what a model must not bring: data in other files, and operations that need a library of their own.
 *
 * @throws ModelError
 */
export function refuseOutside(bytes: Uint8Array, label: string): onnx.ModelProto {
  const model = decoded(bytes, label);
  const own = model.functions.map(({ domain }) => domain ?? '');
  for (const graph of graphsOf(model.graph ?? {})) {
    const tensors = [...(graph.initializer ?? []), ...(graph.node ?? []).flatMap(tensorsOf)];
    if (tensors.some(({ dataLocation, externalData }) => dataLocation === EXTERNAL || externalData?.length))
      throw new ModelError(`${label} keeps its numbers in another file; export it as a single file.`);
    const custom = (graph.node ?? []).find(({ domain }) => ![...builtIn, ...own].includes(domain ?? ''));
    if (custom)
      throw new ModelError(
        `${label} needs the operation ${custom.opType} of "${custom.domain}", which is not part of ONNX.`,
      );
  }
  return model;
}

function decoded(bytes: Uint8Array, label: string): onnx.ModelProto {
  try {
    const model = schema.onnx.ModelProto.decode(bytes);
    if (model.graph?.node?.length) return model;
  } catch {
    // Said below: what the decoder says is about bytes.
  }
  throw new ModelError(`${label} is not an ONNX model.`);
}

/** A graph and every graph inside its operations. */
function graphsOf(graph: onnx.IGraphProto): onnx.IGraphProto[] {
  const inner = (graph.node ?? []).flatMap(({ attribute }) =>
    (attribute ?? []).flatMap(({ g, graphs }) => [...(g ? [g] : []), ...(graphs ?? [])]),
  );
  return [graph, ...inner.flatMap(graphsOf)];
}

function tensorsOf({ attribute }: onnx.INodeProto): onnx.ITensorProto[] {
  return (attribute ?? []).flatMap(({ t, tensors }) => [...(t ? [t] : []), ...(tensors ?? [])]);
}

const countOf = ({ dims }: onnx.ITensorProto) =>
  (dims ?? []).reduce<number>((product, dim) => product * Number(dim), 1);

type Side = 'input' | 'output';

function onlyOne(values: readonly onnx.IValueInfoProto[], side: Side, label: string): onnx.IValueInfoProto {
  const [value] = values;
  if (value && values.length === 1) return value;
  const names = values.map(({ name }) => name).join(', ');
  throw new ModelError(`${label} has ${values.length} ${side}s (${names}); a picture must be its only one.`);
}

function axesOf({ name, type }: onnx.IValueInfoProto, side: Side, label: string): (number | undefined)[] {
  const { elemType, shape } = type?.tensorType ?? {};
  if (elemType === FLOAT16)
    throw new ModelError(
      `The ${side} ${name} of ${label} has 16-bit floats; export it with 32-bit ones there.`,
    );
  if (elemType !== FLOAT) throw new ModelError(`The ${side} ${name} of ${label} does not hold floats.`);
  // An output may leave its shape to be found out.
  const axes = (shape?.dim ?? []).map(({ dimValue }) =>
    Number(dimValue) > 0 ? Number(dimValue) : undefined,
  );
  if (axes.length === 4 || (side === 'output' && axes.length === 0)) return axes;
  throw new ModelError(`The ${side} ${name} of ${label} has ${axes.length} axes; a picture has 4.`);
}
