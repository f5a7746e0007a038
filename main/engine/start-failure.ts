/** Why a provider of ONNX Runtime's did not start, for the person. */
import type { Provider } from './devices.ts';

/** @param message as the runtime words it */
export function startFailure(id: Provider, message: string): string {
  if (/no supported adapters|failed to get a webgpu adapter/i.test(message)) {
    return 'No adapter: no GPU with a Vulkan, Metal or Direct3D 12 driver was found.';
  }
  if (/failed to get a webgpu device/i.test(message))
    return 'The GPU was found, but its driver gave no device: a newer driver may help.';
  if (/backend not found|not available|is unsupported|unsupported:/i.test(message)) {
    return `This build of ONNX Runtime has no ${id} provider.`;
  }
  if (id === 'cuda') return cudaFailure(message);
  if (id === 'dml' && /dxgi|d3d12|no adapter|887a/i.test(message)) {
    return 'No adapter: no GPU with a Direct3D 12 driver was found.';
  }
  return `It could not be started: ${firstLine(message)}`;
}

const cudaNeeds = 'It needs CUDA 12 and cuDNN 9, in folders that LD_LIBRARY_PATH names.';

function cudaFailure(message: string): string {
  const missing = /(lib[\w-]+\.so[.\d]*): cannot open shared object/.exec(message)?.[1];
  if (missing?.startsWith('libonnxruntime_providers')) return cudaNotInstalled;
  if (missing) return `Not found: ${missing}. ${cudaNeeds}`;
  if (/failed to load (shared )?library|GetProviderInfo_CUDA/i.test(message))
    return `ONNX Runtime's CUDA libraries did not load. ${cudaNeeds}`;
  if (/driver version is insufficient/i.test(message)) {
    return 'The NVIDIA driver is too old for CUDA 12: it needs version 525.60 or newer.';
  }
  if (/no CUDA-capable device|CUDA failure (38|100)\b/i.test(message)) return 'No NVIDIA GPU was found.';
  if (/out of memory/i.test(message)) return "The GPU's memory is taken by other programs.";
  return `It could not be started: ${firstLine(message)}`;
}

export const cudaNotInstalled =
  'Not installed: for an NVIDIA GPU, npm run engine:cuda adds it. WebGPU needs no installation.';

const firstLine = (message: string) => message.split('\n')[0]?.trim() ?? '';
