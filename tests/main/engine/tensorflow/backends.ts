/** TensorFlow.js in pure JavaScript and in WebAssembly: the engine's code without a GPU. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { TensorFlow } from '../../../../main/engine/tensorflow/operations.ts';

export const backends = ['cpu', 'wasm'] as const;
export type Backend = (typeof backends)[number];

const wasmPackage = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
setWasmPaths(join(dirname(wasmPackage), 'dist') + sep);
// More than one would need a Worker made from a blob, which Node does not have.
setThreadsCount(1);

/** Kernels that the WebAssembly backend lacks are run by the other; TensorFlow.js moves the data. */
for (const kernelName of ['Conv2DBackpropFilter', 'UnsortedSegmentSum']) {
  const kernel = tf.getKernel(kernelName, 'cpu');
  tf.registerKernel({
    ...kernel,
    backendName: 'wasm',
    kernelFunc: (call) => {
      const backend = tf.engine().findBackend('cpu');
      const result = kernel.kernelFunc({ ...call, backend });
      if (Array.isArray(result)) throw new Error(`${kernelName} has several results`);
      return tf.engine().makeTensorFromTensorInfo(result, backend);
    },
  });
}

export async function tensorflowOn(backend: Backend): Promise<TensorFlow> {
  await tf.setBackend(backend);
  await tf.ready();
  return tf;
}
