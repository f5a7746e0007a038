import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTensorFlow } from '../../../../main/engine/tensorflow/load.ts';
import { packageNames } from '../../../../main/engine/tensorflow/package.ts';
import { type BuiltEntry, buildEntry } from '../../compute/build-entry.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { installText, installWorking } from './stand-in.ts';

const [gpu, cpu] = packageNames;
let check: BuiltEntry;
let working: TemporaryFolder;
let folder: TemporaryFolder;

beforeAll(async () => {
  check = await buildEntry(new URL('../../../../main/engine/tensorflow/check.ts', import.meta.url));
  working = await temporaryFolder();
  await installWorking(working.path, gpu);
});
afterAll(async () => {
  await check.remove();
  await working.remove();
});
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await folder.remove();
  delete process.env.STAND_IN_GPU;
  delete process.env.STAND_IN_LOG;
});

const open = (...folders: string[]) => openTensorFlow(folders, check.path);
const reasonOf = (path: string) =>
  open(path).then(
    () => 'it was loaded',
    (error: unknown) => error,
  );
const needed =
  'TensorFlow needs CUDA 11 and cuDNN 8, in folders that LD_LIBRARY_PATH (PATH on Windows) names.';
/** As TensorFlow 2.9 writes them on standard error. */
const log = {
  created:
    'I tensorflow/core/common_runtime/gpu/gpu_device.cc:1532] Created device /job:localhost/replica:0/task:0/' +
    'device:GPU:0 with 9646 MB memory:  -> device: 0, name: NVIDIA GeForce RTX 3080, pci bus id: 0000:01:00.0, ' +
    'compute capability: 8.6\n',
  missing: (file: string) =>
    `W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library '${file}'; ` +
    `dlerror: ${file}: cannot open shared object file: No such file or directory\n`,
  noDevice:
    'E tensorflow/stream_executor/cuda/cuda_driver.cc:271] failed call to cuInit: CUDA_ERROR_NO_DEVICE: ' +
    'no CUDA-capable device is detected\n',
  insufficient:
    'E tensorflow/stream_executor/cuda/cuda_diagnostics.cc] Internal: cudaGetDevice() failed. Status: ' +
    'CUDA driver version is insufficient for CUDA runtime version\n',
};

it('is loaded from the first folder that has it, and named after the card', async () => {
  process.env.STAND_IN_LOG = log.created;
  const { tf, name } = await open(folder.path, working.path);
  expect(name).toBe('TensorFlow · NVIDIA GeForce RTX 3080');
  expect(tf.add(2, 3).dataSync()[0]).toBe(5);
});

it('runs on the CPU only with the package for it', async () => {
  process.env.STAND_IN_GPU = 'false';
  await expect(open(working.path)).rejects.toMatchObject({ reason: 'no-gpu' });
  await installText(
    folder.path,
    cpu,
    `module.exports = require(${JSON.stringify(join(working.path, 'node_modules', gpu))});`,
  );
  expect((await open(folder.path)).name).toBe('TensorFlow · CPU');
});

it('says that there is no package, and how to get it', async () => {
  await expect(open(folder.path)).rejects.toMatchObject({
    code: 'tensorflow-unavailable',
    reason: 'no-package',
    message: 'TensorFlow is not installed: npm run engine:tensorflow installs it.',
  });
});

it.each([
  [
    'the addon was not downloaded',
    'The Node.js native addon module (tfjs_binding.node) can not be found at path: /a/lib/napi-v8/tfjs_binding.node.',
    "TensorFlow's own library is missing (its addon), not downloaded whole: npm run engine:tensorflow downloads it again.",
    'no-library',
  ],
  [
    'libtensorflow is missing',
    'libtensorflow.so.2: cannot open shared object file: No such file or directory',
    "TensorFlow's own library is missing (libtensorflow.so.2), not downloaded whole: npm run engine:tensorflow downloads it again.",
    'no-library',
  ],
  [
    'a library of CUDA that the addon is linked with is missing',
    'libcublas.so.11: cannot open shared object file: No such file or directory',
    `Not found: libcublas.so.11. ${needed}`,
    'no-cuda',
  ],
  [
    'anything else',
    'Exception creating TFE_Context\n    at somewhere',
    'TensorFlow could not be started: Exception creating TFE_Context.',
    'not-started',
  ],
])('says that %s', async (_, thrown, message, reason) => {
  await installText(folder.path, gpu, `throw new Error(${JSON.stringify(thrown)});`);
  expect(await reasonOf(folder.path)).toMatchObject({ reason, message });
});

it.each([
  [
    'CUDA is missing',
    log.missing('libcudart.so.11.0') + log.missing('libcudnn.so.8'),
    `Not found: libcudart.so.11.0, libcudnn.so.8. ${needed}`,
    'no-cuda',
  ],
  ['there is no card', log.noDevice, 'No NVIDIA GPU was found: the driver sees none.', 'no-gpu'],
  [
    'there is no driver, which comes before a missing CUDA',
    log.missing('libcudart.so.11.0') + log.missing('libcuda.so.1'),
    'No NVIDIA GPU was found: there is no driver for one (libcuda.so.1).',
    'no-gpu',
  ],
  [
    'the driver is too old',
    log.insufficient,
    'The NVIDIA driver is too old for CUDA 11: it needs version 450.80 on Linux, 452.39 on Windows, or newer.',
    'old-driver',
  ],
])('says that %s, from what the library logs', async (_, logged, message, reason) => {
  process.env.STAND_IN_GPU = 'false';
  process.env.STAND_IN_LOG = logged;
  expect(await reasonOf(working.path)).toMatchObject({ reason, message });
});

it('survives a library that crashes, and says so', async () => {
  await installText(folder.path, gpu, "process.kill(process.pid, 'SIGSEGV');");
  expect(await reasonOf(folder.path)).toMatchObject({
    reason: 'crashed',
    message: "TensorFlow's library could not be loaded: the process that tried ended with SIGSEGV.",
  });
});
