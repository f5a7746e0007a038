import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Node } from '../../../main/engine/graph/graph.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';

export interface Value {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Runs a graph on ONNX Runtime and gives its outputs by name. */
export async function runGraph(
  outputs: Record<string, Node>,
  inputs: Record<string, Value>,
  provider: 'cpu' | 'webgpu' = 'cpu',
  parameters: ReadonlyMap<string, Float32Array> = new Map(),
): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(toOnnx(outputs, { parameters }), {
    executionProviders: [provider],
  });
  const fed = Object.entries(inputs).map(([name, { data, shape }]) => [
    name,
    new Tensor('float32', data, shape),
  ]);
  const results = await session.run(Object.fromEntries(fed));
  const named = Object.entries(results).map(([name, tensor]) => [
    name,
    Float32Array.from(tensor.data as Float32Array),
  ]);
  await session.release();
  return Object.fromEntries(named);
}
