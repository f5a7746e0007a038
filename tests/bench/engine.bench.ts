/** The network's rate against the machine's own convolution peak, and the time of a training step. */
import { randomInt } from 'node:crypto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { multiplyAccumulates } from '../../main/engine/cost.ts';
import * as g from '../../main/engine/graph/graph.ts';
import { l1 } from '../../main/engine/losses.ts';
import { supervised } from '../../main/engine/objective.ts';
import { toOnnx } from '../../main/engine/onnx.ts';
import { namedValues, parameterSpecs } from '../../main/engine/parameters.ts';
import { initialState, objectiveParameters, Trainer } from '../../main/engine/trainer.ts';
import { type DenoiserOptions, denoiser } from '../../models/denoiser.ts';
import { networks as known } from '../../models/networks.ts';
import { best, print } from './measure.ts';

/** A picture tile as Restore runs it. */
const side = 640;

const networks: { name: string; options: DenoiserOptions }[] = [32, 48, 64].map((width) => ({
  name: `${width} channels`,
  options: { channels: [width, 2 * width, 4 * width, 8 * width], blocks: 1, noiseMap: true },
}));

async function timed(
  output: g.Node,
  parameters: Map<string, Float32Array>,
  shape: number[],
): Promise<number> {
  const session = await InferenceSession.create(toOnnx({ output }, { parameters }));
  const values = Float32Array.from({ length: g.sizeOf(shape) }, () => randomInt(256) / 255);
  const x = new Tensor('float32', values, shape);
  const seconds = await best(6, () => session.run({ x }));
  await session.release();
  return (2 * multiplyAccumulates(output)) / seconds / 1e9;
}

it('runs whole networks near the rate of a bare convolution', async () => {
  const bare = g.conv2d(g.input('x', [1, 64, 256, 256]), g.parameter('w', [64, 64, 3, 3]), { pads: 'same' });
  const weight = Float32Array.from({ length: 64 * 64 * 9 }, () => randomInt(1000) / 1000 - 0.5);
  const peak = () => timed(bare, new Map([['w', weight]]), [1, 64, 256, 256]);
  const rows: string[][] = [['network', 'GF/s', 'convolution GF/s', 'ratio', 's/MP']];
  for (const { name, options } of networks) {
    const shape = [1, 4, side, side];
    const x = g.input('x', shape);
    const build = denoiser(options);
    const specs = parameterSpecs((parameters) => build(x, parameters));
    const output = build(x, g.parameter);
    const before = await peak();
    const rate = await timed(output, namedValues(initialState(specs, 1).parameters, specs), shape);
    // The machine's speed drifts: the peak is taken on both sides of the measurement.
    const convolution = Math.max(before, await peak());
    const secondsPerMegapixel = (2 * multiplyAccumulates(output) * 1e6) / side ** 2 / rate / 1e9;
    rows.push([
      name,
      rate.toFixed(0),
      convolution.toFixed(0),
      (rate / convolution).toFixed(2),
      secondsPerMegapixel.toFixed(2),
    ]);
  }
  print('Inference on the CPU', rows);
  expect(rows).toHaveLength(networks.length + 1);
});

it('takes training steps', async () => {
  const inputs = { input: [16, 4, 64, 64], target: [16, 3, 64, 64] };
  const objective = supervised(known['denoiser-fast'].build, l1, inputs);
  const state = initialState(objectiveParameters(objective), 1);
  const trainer = await Trainer.create({ objective, device: 'cpu' }, state);
  const values = (shape: number[]) =>
    Float32Array.from({ length: g.sizeOf(shape) }, () => randomInt(256) / 255);
  const batch = { input: values(inputs.input), target: values(inputs.target) };
  let step = 0;
  const seconds = await best(12, () => trainer.step(batch, ++step, 1e-4, 0.9));
  await trainer.dispose();
  print('Training step, denoise-fast, 16 patches of 64 x 64', [['ms'], [(seconds * 1000).toFixed(0)]]);
  expect(step).toBe(12);
});
