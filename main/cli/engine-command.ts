/** `engine tensorflow|cuda`: sets up what those can use who have CUDA, and takes it away again. */
import type { Command } from 'commander';
import { installCuda, removeCuda } from '../engine/cuda.ts';
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
      process.exitCode = await tellResult('tensorflow', `TensorFlow is installed in ${folder}`);
    });
  addCommand(
    parent,
    'cuda',
    "ONNX Runtime's CUDA libraries, for an NVIDIA GPU with CUDA 12 and cuDNN 9 under Linux",
  )
    .option('--remove', 'take them away again')
    .action(async ({ remove }: EngineOptions) => {
      if (remove) {
        const removed = await removeCuda();
        process.stdout.write(removed ? 'Removed the CUDA libraries.\n' : 'There are no CUDA libraries.\n');
        return;
      }
      process.stderr.write("Fetching ONNX Runtime's CUDA libraries from api.nuget.org; they are large.\n");
      await installCuda();
      process.exitCode = await tellResult('cuda', 'The CUDA libraries are installed');
    });
}

/** Tries it, as the list of devices does. */
async function tellResult(id: 'tensorflow' | 'cuda', installed: string): Promise<number> {
  const devices = await withCompute((compute, signal) => compute.call('devices', {}, { signal }));
  const found = devices.find((device) => device.id === id);
  if (found?.available) {
    process.stdout.write(`${found.name} works. Use --device ${id}, or let auto choose.\n`);
    return exitStatus.done;
  }
  process.stdout.write(`${installed}, but cannot be used. ${found?.reason ?? ''}\n`);
  process.stdout.write(`To remove it: npm run engine:${id} -- --remove\n`);
  return exitStatus.failed;
}
