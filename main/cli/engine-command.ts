/** `engine tensorflow`: sets up the engine for those who have CUDA, and takes it away again. */
import type { Command } from 'commander';
import { runNpm } from '../engine/tensorflow/npm.ts';
import { installTensorFlow, removeTensorFlow } from '../engine/tensorflow/setup.ts';
import { tensorFlowFolder } from '../library/paths.ts';
import { exitStatus } from './exit-status.ts';
import { withCompute } from './session.ts';
import { addCommand } from './usage.ts';

interface EngineOptions {
  readonly remove?: true;
  readonly cpu?: true;
}

export function addEngine(program: Command): void {
  const parent = addCommand(program, 'engine', 'set up an engine besides ONNX Runtime');
  addCommand(parent, 'tensorflow', 'TensorFlow, for an NVIDIA GPU with CUDA 11 and cuDNN 8')
    .option('--cpu', 'its package for the CPU instead')
    .option('--remove', 'take it away again')
    .action(async ({ remove, cpu }: EngineOptions) => {
      const folder = tensorFlowFolder();
      if (remove) {
        const removed = await removeTensorFlow(folder);
        process.stdout.write(removed ? `Removed ${folder}.\n` : `There is nothing in ${folder}.\n`);
        return;
      }
      process.stderr.write(`Installing TensorFlow into ${folder}; with its library it is large.\n`);
      await installTensorFlow({
        folder,
        name: cpu ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs-node-gpu',
        npm: runNpm,
      });
      process.exitCode = await tellResult(folder);
    });
}

/** Loads it and trains one step, as the list of devices does. */
async function tellResult(folder: string): Promise<number> {
  const devices = await withCompute((compute, signal) => compute.call('devices', {}, { signal }));
  const found = devices.find(({ id }) => id === 'tensorflow');
  if (found?.available) {
    process.stdout.write(
      `${found.name} works: a first training step agreed with the CPU's. Use --device tensorflow.\n`,
    );
    return exitStatus.done;
  }
  process.stdout.write(`TensorFlow is installed in ${folder}, but cannot be used. ${found?.reason ?? ''}\n`);
  process.stdout.write('To remove it: npm run engine:tensorflow -- --remove\n');
  return exitStatus.failed;
}
