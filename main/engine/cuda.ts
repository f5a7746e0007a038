/** The libraries that ONNX Runtime needs for CUDA, which its package does not carry but can fetch. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RelumeError } from '../library/failure.ts';
import { appRoot } from '../library/paths.ts';

const libraries = ['cuda', 'shared', 'tensorrt'].map((name) => `libonnxruntime_providers_${name}.so`);

/** The folder of ONNX Runtime's package. */
function runtimeFolder(): string {
  const require = createRequire(join(appRoot, 'package.json'));
  return dirname(require.resolve('onnxruntime-node/package.json'));
}

const libraryFolder = (runtime: string) => join(runtime, 'bin', 'napi-v6', process.platform, process.arch);

/** @param runtime the folder of ONNX Runtime's package */
export function isCudaInstalled(runtime = runtimeFolder()): boolean {
  return existsSync(join(libraryFolder(runtime), 'libonnxruntime_providers_cuda.so'));
}

/**
 * Runs the package's own installer, which fetches the libraries of its very version and checks them.
 *
 * @throws {RelumeError} 'setup-failed'
 */
export async function installCuda(runtime = runtimeFolder()): Promise<void> {
  refuseElsewhere(process.platform, process.arch);
  const installer = join(runtime, 'script', 'install.js');
  const child = spawn(process.execPath, [installer, '--onnxruntime-node-install=cuda12'], {
    cwd: runtime,
    stdio: ['ignore', 2, 2],
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  if (status === 0 && isCudaInstalled(runtime)) return;
  await removeCuda(runtime);
  throw setupFailed(
    `ONNX Runtime's CUDA libraries were not installed: its installer ended with status ${status}; its own words ` +
      'stand above. It downloads from api.nuget.org. Nothing was changed.',
  );
}

/** @throws {RelumeError} 'setup-failed' where there are no such libraries */
export function refuseElsewhere(platform: string, arch: string): void {
  if (platform === 'linux' && arch === 'x64') return;
  throw setupFailed(
    `ONNX Runtime has its CUDA libraries for Linux on x64 only, not for ${platform} ${arch}; WebGPU runs there. Nothing was changed.`,
  );
}

/** @returns whether there was anything to remove */
export async function removeCuda(runtime = runtimeFolder()): Promise<boolean> {
  const found = isCudaInstalled(runtime);
  for (const name of libraries) await rm(join(libraryFolder(runtime), name), { force: true });
  return found;
}

const setupFailed = (message: string) => new RelumeError({ code: 'setup-failed', message });
