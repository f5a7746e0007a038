import { InferenceSession } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import * as g from '../../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../../main/engine/load-network.ts';
import { readParameters, toOnnx } from '../../../main/engine/onnx.ts';
import {
  fittingValues,
  namedValues,
  type ParameterSpec,
  parameterSpecs,
} from '../../../main/engine/parameters.ts';
import { initialState } from '../../../main/engine/trainer.ts';
import { type DenoiserOptions, denoiser } from '../../../models/denoiser.ts';

const build = denoiser({ channels: [4, 8], blocks: 1, noiseMap: true });
const image = g.input('input', [1, 4, 8, 8]);
const specs = parameterSpecs((parameters) => build(image, parameters));
const flat = initialState(specs, 1).parameters;
const model = toOnnx(
  { output: build(image, g.parameter) },
  { parameters: namedValues(flat, specs), freeSize: true },
);

it('gives a model that takes pictures of any size it divides', async () => {
  const network = await loadNetwork(model, 'cpu');
  expect((await network.run(new Float32Array(4 * 24 * 40), 24, 40)).length).toBe(3 * 24 * 40);
  await network.dispose();
});

/** The flat vector of the parameters that fit. */
function flatFrom(onnx: Uint8Array, into: readonly ParameterSpec[]): Float32Array {
  const vector = new Float32Array(flat.length);
  for (const { offset, values } of fittingValues(readParameters(onnx), into) ?? [])
    vector.set(values, offset);
  return vector;
}

it('carries the parameters, which can be read back', () => {
  expect(flatFrom(model, specs)).toEqual(flat);
});

it('keeps parameters as 16-bit floats where asked, in half the bytes and to three digits', async () => {
  const options = { parameters: namedValues(flat, specs), freeSize: true };
  const half = toOnnx({ output: build(image, g.parameter) }, { ...options, halfParameters: true });
  expect(half.length).toBeLessThan(model.length - 1.5 * flat.length);
  const kept = flatFrom(half, specs);
  const error = Math.max(...flat.map((value, i) => Math.abs(value - (kept[i] ?? Number.NaN))));
  expect(error).toBeLessThan(2 ** -11 * Math.max(...flat.map(Math.abs)));
  const [full, halved] = await Promise.all([loadNetwork(model, 'cpu'), loadNetwork(half, 'cpu')]);
  const picture = Float32Array.from({ length: 4 * 64 }, (_, i) => (i % 17) / 17);
  const expected = await full.run(picture, 8, 8);
  for (const [i, value] of (await halved.run(picture, 8, 8)).entries())
    expect(value).toBeCloseTo(expected[i] ?? 9, 2);
  await Promise.all([full.dispose(), halved.dispose()]);
});

it('does not take the parameters of another network for its own, but goes on with more blocks', () => {
  const fitting = (options: DenoiserOptions) => {
    const other = parameterSpecs((parameters) => denoiser(options)(image, parameters));
    return fittingValues(readParameters(model), other);
  };
  expect(fitting({ channels: [6, 12], blocks: 1, noiseMap: true })).toBeUndefined();
  expect(fitting({ channels: [4, 8], blocks: 2, noiseMap: true })).toHaveLength(specs.length);
});

it('names an output even when it is an input, a constant or given twice', async () => {
  const x = g.input('x', [1]);
  const session = await InferenceSession.create(toOnnx({ a: x, b: g.scalar(2), c: x, d: g.neg(x) }));
  expect([...session.outputNames].sort()).toEqual(['a', 'b', 'c', 'd']);
  await session.release();
});

it.each([
  ['bytes that are no model', new TextEncoder().encode('not a model')],
  ['a model with two inputs', toOnnx({ y: g.add(g.input('a', [1, 3, 8, 8]), g.input('b', [1, 3, 8, 8])) })],
  ['a model that gives no picture', toOnnx({ y: g.reduceSum(g.reshape(image, [4, 64])) })],
])('refuses %s with a reason', async (_, bytes) => {
  await expect(loadNetwork(bytes, 'cpu')).rejects.toMatchObject({ code: 'model-unusable' });
});
