import { expect, it } from 'vitest';
import { startFailure } from '../../../main/engine/start-failure.ts';

const needs = 'It needs CUDA 12 and cuDNN 9, in folders that LD_LIBRARY_PATH names.';
const library = (file: string) =>
  `Failed to load library /a/libonnxruntime_providers_cuda.so with error: ${file}: cannot open shared object file: No such file or directory`;

it.each([
  [
    'webgpu',
    'webgpu_context.cc:136 adapter_result.status == Success was false. Failed to get a WebGPU adapter: No supported adapters',
    'No adapter: no GPU with a Vulkan, Metal or Direct3D 12 driver was found.',
  ],
  [
    'webgpu',
    'Failed to get a WebGPU device: vkCreateDevice failed',
    'The GPU was found, but its driver gave no device: a newer driver may help.',
  ],
  [
    'dml',
    'no available backend found. ERR: [dml] backend not found.',
    'This build of ONNX Runtime has no dml provider.',
  ],
  ['dml', 'D3D12CreateDevice: 887A0004', 'No adapter: no GPU with a Direct3D 12 driver was found.'],
  [
    'coreml',
    "Invalid argument: sessionOptions.executionProviders[0] is unsupported: 'coreml'.",
    'This build of ONNX Runtime has no coreml provider.',
  ],
  [
    'cuda',
    library('/a/libonnxruntime_providers_shared.so'),
    'Not installed: for an NVIDIA GPU, npm run engine:cuda adds it. WebGPU needs no installation.',
  ],
  ['cuda', library('libcublasLt.so.12'), `Not found: libcublasLt.so.12. ${needs}`],
  ['cuda', library('libcudnn.so.9'), `Not found: libcudnn.so.9. ${needs}`],
  [
    'cuda',
    'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library',
    `ONNX Runtime's CUDA libraries did not load. ${needs}`,
  ],
  [
    'cuda',
    'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
    'The NVIDIA driver is too old for CUDA 12: it needs version 525.60 or newer.',
  ],
  ['cuda', 'CUDA failure 100: no CUDA-capable device is detected', 'No NVIDIA GPU was found.'],
  ['cuda', 'CUDA failure 2: out of memory', "The GPU's memory is taken by other programs."],
  ['webgpu', 'Something else\nat somewhere', 'It could not be started: Something else'],
] as const)('%s: %s', (id, message, sentence) => {
  expect(startFailure(id, message)).toBe(sentence);
});
