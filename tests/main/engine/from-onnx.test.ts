import schema from 'onnx-proto';
import { expect, it } from 'vitest';
import { fromOnnx } from '../../../main/engine/from-onnx.ts';
import type { Node } from '../../../main/engine/graph/graph.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import {
  abs,
  exp,
  neg,
  nonzero,
  relu,
  sigmoid,
  sign,
  stopGradient,
} from '../../../main/engine/graph/graph.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { runGraph } from './run-graph.ts';

const weights = g.constant(
  Float32Array.from({ length: 4 * 4 * 9 }, (_, i) => Math.cos(i)),
  [4, 4, 3, 3],
);

/** Everything that a lowered graph can hold, on a picture [1, 4, 6, 6]. */
const cases: [name: string, build: (x: Node) => Node][] = [
  ...Object.entries({ relu, sigmoid, exp, abs, sign, neg, nonzero, stopGradient }),
  ['log and sqrt', (x) => g.sqrt(g.abs(g.log(g.exp(x))))],
  ['arithmetic', (x) => g.div(g.sub(g.mul(x, 3), 1), g.add(g.abs(x), 2))],
  ['leakyRelu', (x) => g.leakyRelu(x, 0.2)],
  ['matmul', (x) => g.matmul(x, g.transposeLast(x))],
  ['conv2d', (x) => g.conv2d(x, weights, { stride: 2, pads: [1, 0, 2, 1] })],
  ['conv2d in groups', (x) => g.conv2d(x, g.slice(weights, [0, 0, 0, 0], [4, 2, 3, 3]), { groups: 2 })],
  [
    'convTranspose2d',
    (x) => g.convTranspose2d(x, weights, { stride: 2, pads: [1, 1, 0, 0], outputPadding: [1, 0] }),
  ],
  ['depthToSpace', (x) => g.depthToSpace(x, 2)],
  ['spaceToDepth', (x) => g.spaceToDepth(x, 3)],
  ['upsampleNearest', (x) => g.upsampleNearest(x, 3)],
  ['maxPool', (x) => g.maxPool(x, 2)],
  ['reshape', (x) => g.reshape(x, [2, 72])],
  ['broadcast', (x) => g.broadcast(g.reduceSum(x, [1]), [2, 3, 6, 6])],
  ['transpose', (x) => g.transpose(x, [3, 0, 2, 1])],
  ['concat', (x) => g.concat([x, g.neg(x)], 2)],
  ['slice', (x) => g.slice(x, [0, 1, 2, 0], [1, 2, 3, 6])],
  ['flip', (x) => g.flip(x, [1, 3])],
  ['pad', (x) => g.pad(x, [0, 0, 1, 2], [0, 1, 0, 3])],
  ['reduceSum', (x) => g.reduceSum(x, [0, 2])],
];

it.each(cases)('reads %s back as the same computation', async (_, build) => {
  const shape = [1, 4, 6, 6];
  const inputs = {
    x: { shape, data: Float32Array.from({ length: 144 }, (__, i) => Math.round(3 * Math.sin(i))) },
  };
  const y = build(g.input('x', shape));
  const read = fromOnnx(toOnnx({ y }));
  const again = read.build({ x: shape }).y ?? y;
  expect(again.shape).toEqual(y.shape);
  const values = new Map([...read.parameters].map(([name, { values: each }]) => [name, each]));
  const actual = await runGraph({ y: again }, inputs, 'cpu', values);
  expect(actual).toEqual(await runGraph({ y }, inputs));
});

it('keeps what is not an operation: sizes, free ones too, and constants', () => {
  const x = g.input('x', [1, 3, 8, 8]);
  const scale = g.parameter('scale', [1, 3, 1, 1]);
  const parameters = new Map([['scale', Float32Array.of(0.5, 2, 3)]]);
  const read = fromOnnx(toOnnx({ y: g.mul(x, scale) }, { parameters, freeSize: true, halfParameters: true }));
  expect([...read.inputs]).toEqual([['x', [undefined, 3, undefined, undefined]]]);
  expect(read.parameters.get('scale')).toEqual({ shape: [1, 3, 1, 1], values: Float32Array.of(0.5, 2, 3) });
  expect(read.build({ x: [2, 3, 5, 7] }).y?.shape).toEqual([2, 3, 5, 7]);
});

it('reads biases and constants that other exporters write as nodes', async () => {
  const { ModelProto, TensorProto } = schema.onnx;
  const dataType = TensorProto.DataType.FLOAT;
  const value = (dims: number[], floatData: number[]) => ({ dims, dataType, floatData });
  const sized = (name: string) => ({
    name,
    type: {
      tensorType: { elemType: dataType, shape: { dim: [1, 1, 2, 2].map((dimValue) => ({ dimValue })) } },
    },
  });
  const bytes = ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'other',
      input: [sized('x')],
      output: [sized('y')],
      initializer: [{ name: 'w', ...value([1, 1, 1, 1], [3]) }],
      node: [
        { opType: 'Constant', output: ['b'], attribute: [{ name: 'value', t: value([1], [0.5]) }] },
        { opType: 'Conv', input: ['x', 'w', 'b'], output: ['y'] },
      ],
    },
  }).finish();
  const read = fromOnnx(bytes);
  const values = new Map([...read.parameters].map(([name, each]) => [name, each.values]));
  const x = { shape: [1, 1, 2, 2], data: Float32Array.of(1, 2, 3, 4) };
  const { y } = await runGraph(read.build({ x: x.shape }), { x }, 'cpu', values);
  expect(y).toEqual(Float32Array.of(3.5, 6.5, 9.5, 12.5));
});

it('says which operation it does not know', () => {
  const model = schema.onnx.ModelProto.encode({
    graph: { node: [{ opType: 'Gelu', input: ['x'], output: ['y'] }], output: [{ name: 'y' }] },
  }).finish();
  expect(() => fromOnnx(model).build({ x: [1] })).toThrow('it uses the operation Gelu');
});
