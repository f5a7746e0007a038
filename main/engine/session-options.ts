/** How sessions of ONNX Runtime are opened. */
import { env, type InferenceSession } from 'onnxruntime-node';
import type { Provider } from './devices.ts';

/** Lets the runtime say on standard error which hardware it finds. To be called before anything else of it. */
export function tellHardware(): void {
  env.logLevel = 'info';
}

let threads = 0;

/** Sets how many threads the CPU's sessions of this process take from now on; 0 leaves it to the runtime. */
export function useThreads(count: number): void {
  threads = count;
}

/**
 * As above, for graphs with grouped convolutions: in its own layout, [N, H, W, C], WebGPU's kernel computes four
 * channels at once even where they belong to two groups, and so gives wrong gradients (ONNX Runtime 1.30).
 */
export function trainingSessionOptions(id: Provider): InferenceSession.SessionOptions {
  const options = sessionOptions(id);
  if (id !== 'webgpu') return options;
  return { ...options, executionProviders: [{ name: 'webgpu', preferredLayout: 'NCHW' }] };
}

export function sessionOptions(id: Provider): InferenceSession.SessionOptions {
  // Errors only, whatever the runtime tells of: it warns of every node that a provider leaves to the CPU.
  return { executionProviders: [id], logSeverityLevel: 3, intraOpNumThreads: threads };
}

/** Of ONNX Runtime. */
export const runtimeVersion = env.versions.node ?? '';
