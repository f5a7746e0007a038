/** The libraries that ONNX Runtime needs for CUDA, which its package does not carry. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { appRoot } from '../library/paths.ts';

/** The folder of ONNX Runtime's package. */
function runtimeFolder(): string {
  const require = createRequire(join(appRoot, 'package.json'));
  return dirname(require.resolve('onnxruntime-node/package.json')).replace(
    /app\.asar\b/,
    'app.asar.unpacked',
  );
}

export function isCudaInstalled(): boolean {
  const folder = join(runtimeFolder(), 'bin', 'napi-v6', process.platform, process.arch);
  return existsSync(join(folder, 'libonnxruntime_providers_cuda.so'));
}
