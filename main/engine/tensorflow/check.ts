/**
 * Entry of a process of its own that loads TensorFlow once and says how it went: a library that crashes ends
 * nothing else, and what it logs, which only a parent can read, holds the reasons and the card's name.
 *
 * Its arguments are a package's name and the folder whose node_modules holds it.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Rank } from '@tensorflow/tfjs-core';
import type { CheckReport } from './availability.ts';
import { packageNames, requirePackage, usesGpu } from './package.ts';

const [, , name, folder = ''] = process.argv;
process.send?.(await check());
process.disconnect?.();

async function check(): Promise<CheckReport> {
  try {
    const known = packageNames.find((each) => each === name);
    if (!known) throw new Error(`${name} is no package of TensorFlow's`);
    const tf = requirePackage({ name: known, folder });
    await tf.ready();
    // The first convolution is what loads cuDNN.
    tf.conv2d(tf.ones<Rank.R4>([1, 4, 4, 1]), tf.ones<Rank.R4>([3, 3, 1, 1]), 1, 'same').dataSync();
    const cuda = cudaVersion();
    return { gpu: usesGpu(tf), ...(cuda !== undefined && { cuda }) };
  } catch (error) {
    return { gpu: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Of the library that was loaded, by its file's name; known on Linux only. */
function cudaVersion(): string | undefined {
  const maps = '/proc/self/maps';
  if (!existsSync(maps)) return undefined;
  return /libcudart\.so\.(\d+\.\d+)/.exec(readFileSync(maps, 'utf8'))?.[1];
}
