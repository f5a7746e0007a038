import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { withFallback } from '../../../main/devices/fallback.ts';
import { input, parameter } from '../../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../../main/engine/load-network.ts';
import { mse } from '../../../main/engine/losses.ts';
import { supervised } from '../../../main/engine/objective.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { namedValues, parameterSpecs } from '../../../main/engine/parameters.ts';
import { startDevice } from '../../../main/engine/start-device.ts';
import { type Footing, SteadyTrainer } from '../../../main/engine/steady-trainer.ts';
import {
  initialState,
  objectiveParameters,
  Trainer,
  type TrainingState,
} from '../../../main/engine/trainer.ts';
import { denoiser } from '../../../models/denoiser.ts';

/** A Vulkan driver in software, carried by Debian's chromium package. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (!process.env.VK_ICD_FILENAMES && existsSync(swiftShader)) process.env.VK_ICD_FILENAMES = swiftShader;

const webgpu = await startDevice('webgpu');
const steps = 50;
/** Milliseconds. A GPU in software compiles every shader on the CPU. */
const patience = 400_000;

const ramp = (length: number) => new Float32Array(length).map((_, i) => (i * 0.37) % 1);
const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  largest(Array.from(a, (value, i) => value - (b[i] ?? Number.NaN)));

describe.skipIf(!webgpu.available)(`webgpu (${webgpu.reason ?? 'available'})`, { timeout: patience }, () => {
  const build = denoiser({ channels: [16, 32], blocks: 1, noiseMap: true });
  const image = input('input', [1, 4, 32, 48]);
  const specs = parameterSpecs((parameters) => build(image, parameters));
  const parameters = namedValues(initialState(specs, 3).parameters, specs);
  const model = toOnnx({ output: build(image, parameter) }, { parameters, freeSize: true });
  const values = ramp(4 * 32 * 48);

  it("gives the CPU's result within 1e-3", async () => {
    const [cpu, gpu] = await Promise.all([loadNetwork(model, 'cpu'), loadNetwork(model, 'webgpu')]);
    const expected = await cpu.run(values, 32, 48);
    const actual = await gpu.run(values, 32, 48);
    expect(actual.length).toBe(3 * 32 * 48);
    expect(difference(actual, expected)).toBeLessThan(1e-3);
    await Promise.all([cpu.dispose(), gpu.dispose()]);
  });

  it('that is lost in the middle of a picture leaves it to the CPU', async () => {
    const failed = vi.fn();
    const { result, note } = await withFallback(
      'webgpu',
      async (id) => {
        const network = await loadNetwork(model, id);
        const first = await network.run(values, 32, 48);
        await network.dispose();
        if (id === 'webgpu') throw new Error('WebGPU device lost (1): simulated');
        return first;
      },
      failed,
    );
    expect(result.length).toBe(3 * 32 * 48);
    expect(note).toContain('It was done again on the CPU.');
    expect(failed).toHaveBeenCalledOnce();
  });

  describe('in training', () => {
    const small = denoiser({ channels: [3, 4], blocks: 1, noiseMap: true });
    const shapes = { input: [1, 4, 8, 8], target: [1, 3, 8, 8] };
    const objective = supervised(small, mse, shapes);
    const start = initialState(objectiveParameters(objective), 5);
    const batch = { input: ramp(4 * 64), target: ramp(3 * 64) };
    const onCpu = (state: TrainingState) => Trainer.create({ objective, device: 'cpu' }, state);
    const train = async (trainer: Trainer) => {
      const curve: number[] = [];
      for (let step = 1; step <= steps; step++) curve.push((await trainer.step(batch, step, 1e-3, 0.9)).loss);
      await trainer.dispose();
      return curve;
    };

    it(`has the CPU's curve over ${steps} steps`, async () => {
      const curve = await train(await Trainer.create({ objective, device: 'webgpu' }, start));
      expect(difference(curve, await train(await onCpu(start)))).toBeLessThan(1e-4);
      expect(curve.at(-1)).toBeLessThan(curve[0] ?? 0);
    });

    it('goes on on the CPU, with the same curve, when it is lost in the middle', async () => {
      const gpu = await Trainer.create({ objective, device: 'webgpu' }, start);
      const take = gpu.step.bind(gpu);
      gpu.step = (...args) =>
        args[1] === steps / 2
          ? Promise.reject(new Error('WebGPU device lost (1): simulated'))
          : take(...args);
      const onTrouble = vi.fn();
      const open = async ({ id }: Footing, state: TrainingState) => (id === 'cpu' ? onCpu(state) : gpu);
      const footing = { id: 'webgpu', parts: 1 } as const;
      const steady = await SteadyTrainer.open({ open, isDivisible: () => false, onTrouble }, footing, start);
      expect(difference(await train(steady), await train(await onCpu(start)))).toBeLessThan(1e-4);
      const reason = 'WebGPU device lost (1): simulated.';
      expect(onTrouble).toHaveBeenCalledExactlyOnceWith({ kind: 'device-failed', reason });
      expect(steady.device).toContain('CPU');
    });
  });
});
