/** How sessions of ONNX Runtime are opened. */
import { env, type InferenceSession } from 'onnxruntime-node';
import type { Provider } from './devices.ts';

/** Lets the runtime say on standard error which hardware it finds. To be called before anything else of it. */
export function tellHardware(): void {
  env.logLevel = 'info';
}

let threads = 0;

/** Sets how many threads the CPU's sessions of this process take from now on; 0 for one for each physical core. */
export function useThreads(count: number): void {
  threads = count;
}

export function sessionOptions(id: Provider): InferenceSession.SessionOptions {
  // Errors only, whatever the runtime tells of: it warns of every node that a provider leaves to the CPU.
  return { executionProviders: [id], logSeverityLevel: 3, intraOpNumThreads: threads };
}

/** Of ONNX Runtime. */
export const runtimeVersion = env.versions.node ?? '';
