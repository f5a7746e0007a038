/** ONNX files as other tools make them. */
import schema, { type onnx } from 'onnx-proto';

const { FLOAT } = schema.onnx.TensorProto.DataType;
const { FLOAT: F, INT, INTS } = schema.onnx.AttributeProto.AttributeType;

type Axes = readonly (number | string)[];

export interface FileParts {
  readonly nodes: onnx.INodeProto[];
  readonly constants?: onnx.ITensorProto[];
  readonly inputs: Readonly<Record<string, Axes>>;
  readonly outputs: Readonly<Record<string, Axes>>;
  readonly domains?: readonly string[];
}

export function onnxFile({ nodes, constants = [], inputs, outputs, domains = [''] }: FileParts): Uint8Array {
  return schema.onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: domains.map((domain) => ({ domain, version: 17 })),
    graph: {
      name: 'elsewhere',
      node: nodes,
      initializer: constants,
      input: Object.entries(inputs).map(valueInfo),
      output: Object.entries(outputs).map(valueInfo),
    },
  }).finish();
}

const valueInfo = ([name, axes]: [string, Axes]): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: {
        dim: axes.map((axis) => (typeof axis === 'number' ? { dimValue: axis } : { dimParam: axis })),
      },
    },
  },
});

export const constant = (name: string, dims: number[], floatData: number[]): onnx.ITensorProto => ({
  name,
  dims,
  dataType: FLOAT,
  floatData,
});

export function node(opType: string, input: string[], output: string, attributes: object = {}, domain = '') {
  const attribute = Object.entries(attributes).map(([name, value]) => {
    if (Array.isArray(value)) return { name, type: INTS, ints: value };
    return Number.isInteger(value) ? { name, type: INT, i: value } : { name, type: F, f: value };
  });
  return { opType, input, output: [output], attribute, domain };
}

/**
 * Takes blue, green and red in 0..255 with the channels last, in sides that are multiples of 8; blurs blue, of which
 * it expects most noise, over 3 x 3, and takes everything to 0.95 x + 6.375.
 */
export function blueBlur(height: number | string, width: number | string): Uint8Array {
  const blur = Array.from({ length: 9 }, () => 0.95 / 9);
  const keep = Array.from({ length: 9 }, (_, i) => (i === 4 ? 0.95 : 0));
  const weights = [...blur, ...keep, ...keep];
  return onnxFile({
    nodes: [
      node('Transpose', ['picture'], 'planes', { perm: [0, 3, 1, 2] }),
      node('SpaceToDepth', ['planes'], 'blocks', { blocksize: 8 }),
      node('DepthToSpace', ['blocks'], 'whole', { blocksize: 8 }),
      node('Conv', ['whole', 'weights', 'bias'], 'blurred', { group: 3, pads: [1, 1, 1, 1] }),
      node('Transpose', ['blurred'], 'result', { perm: [0, 2, 3, 1] }),
    ],
    constants: [constant('weights', [3, 1, 3, 3], weights), constant('bias', [3], [6.375, 6.375, 6.375])],
    inputs: { picture: [1, height, width, 3] },
    outputs: { result: [1, height, width, 3] },
  });
}

/** What `blueBlur` makes of RGB samples, 0..255, away from the edges; rounded. */
export function blueBlurred(data: Uint8Array, width: number, x: number, y: number): number[] {
  const at = (dx: number, dy: number, c: number) => data[((y + dy) * width + x + dx) * 3 + c] ?? 0;
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => at(dx, dy, 2)));
  const blue = around.reduce((sum, value) => sum + value, 0) / 9;
  return [at(0, 0, 0), at(0, 0, 1), blue].map((value) => Math.round(0.95 * value + 6.375));
}
