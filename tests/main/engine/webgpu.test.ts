import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { input, parameter } from '../../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../../main/engine/load-network.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { namedValues, parameterSpecs } from '../../../main/engine/parameters.ts';
import { startDevice } from '../../../main/engine/start-device.ts';
import { initialState } from '../../../main/engine/trainer.ts';
import { denoiser } from '../../../models/denoiser.ts';

/** A Vulkan driver in software, carried by Debian's chromium package. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (!process.env.VK_ICD_FILENAMES && existsSync(swiftShader)) process.env.VK_ICD_FILENAMES = swiftShader;

const webgpu = await startDevice('webgpu');

it.skipIf(!webgpu.available)(
  `webgpu gives the CPU's result within 1e-3 (${webgpu.reason ?? 'available'})`,
  async () => {
    const build = denoiser({ channels: [16, 32], blocks: 1, noiseMap: true });
    const image = input('input', [1, 4, 32, 48]);
    const specs = parameterSpecs((parameters) => build(image, parameters));
    const parameters = namedValues(initialState(specs, 3).parameters, specs);
    const model = toOnnx({ output: build(image, parameter) }, { parameters, freeSize: true });
    const values = new Float32Array(4 * 32 * 48).map((_, i) => (i * 0.37) % 1);
    const [cpu, gpu] = await Promise.all((['cpu', 'webgpu'] as const).map((id) => loadNetwork(model, id)));
    const expected = await cpu?.run(values, 32, 48);
    const actual = await gpu?.run(values, 32, 48);
    const differences = (actual ?? new Float32Array()).map((value, i) =>
      Math.abs(value - (expected?.[i] ?? Number.NaN)),
    );
    expect(differences.length).toBe(3 * 32 * 48);
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    await Promise.all([cpu?.dispose(), gpu?.dispose()]);
  },
);
