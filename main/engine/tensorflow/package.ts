/**
 * TensorFlow's package for Node: where it is, and how it is loaded.
 *
 * It is no dependency of Relume's: it is large, runs an install script, and serves those few who have CUDA 11. Its addon
 * (read in 4.22.0's binding/tfjs_backend.cc) needs no external array buffers, which Electron forbids: results are
 * copied into buffers made by napi_create_arraybuffer, and inputs are read where JavaScript keeps them, held by
 * a reference for as long as the tensor lives. So what a tensor was made from must not be written to meanwhile.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TensorFlow } from './operations.ts';

/** The one for NVIDIA cards, then the one for the CPU, which is there only when somebody asked for it. */
export const packageNames = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

export interface TensorFlowPackage {
  readonly name: (typeof packageNames)[number];
  /** The folder whose node_modules holds it. */
  readonly folder: string;
}

/** The first package that is installed in one of the folders. */
export function findPackage(folders: readonly string[]): TensorFlowPackage | undefined {
  return packageNames
    .flatMap((name) => folders.map((folder) => ({ name, folder })))
    .find(({ name, folder }) => existsSync(join(folder, 'node_modules', name, 'package.json')));
}

/** Loads the package and its native library into this process. @throws whatever the loading throws */
export function requirePackage({ name, folder }: TensorFlowPackage): TensorFlow {
  // By default it takes all of a card's memory, from every process of ours.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  const require = createRequire(join(folder, 'package.json'));
  restoreUtilities(require('node:util'));
  const loaded: unknown = require(name);
  if (isTensorFlow(loaded)) return loaded;
  throw new Error(`${name} is not TensorFlow.js`);
}

/** Whether the package found a card. */
export function usesGpu(tf: TensorFlow): boolean {
  return Reflect.get(tf.backend(), 'isUsingGpuDevice') === true;
}

/** Two functions that the package calls and that Node 23 removed. */
function restoreUtilities(util: object): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: value });
  }
}

function isTensorFlow(value: unknown): value is TensorFlow {
  return typeof value === 'object' && value !== null && 'valueAndGrads' in value && 'conv2d' in value;
}
