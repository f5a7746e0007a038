/**
 * Inference: an ONNX file with any named inputs and outputs, made ready on the CPU, which gives the same bits every
 * time.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Shape, sizeOf } from './graph/graph.ts';
import { sessionOptions } from './session-options.ts';

export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface LoadedGraph {
  readonly inputs: readonly string[];
  /** Runs once. Blocks the event loop for its whole length. */
  run(inputs: Readonly<Record<string, Values>>): Promise<Record<string, Float32Array>>;
  dispose(): Promise<void>;
}

/** @throws Error when the bytes are no ONNX model */
export async function loadGraph(onnx: Uint8Array): Promise<LoadedGraph> {
  const session = await InferenceSession.create(onnx, sessionOptions('cpu'));
  return {
    inputs: session.inputNames,
    async run(inputs) {
      const fed = Object.entries(inputs).map(([name, { shape, data }]) => {
        if (data.length !== sizeOf(shape))
          throw new Error(`${name} has ${data.length} values, not [${shape}]`);
        return [name, new Tensor('float32', data, shape)] as const;
      });
      const outputs = await session.run(Object.fromEntries(fed));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, floats(name, tensor)]),
      );
    },
    dispose: () => session.release(),
  };
}

function floats(name: string, { data, type }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error(`${name} has values of the type ${type}, not float32`);
}
