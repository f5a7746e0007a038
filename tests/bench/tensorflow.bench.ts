/** TensorFlow in WebAssembly against ONNX Runtime on the CPU; a card would need TensorFlow's own library. */
import { expect, it } from 'vitest';
import { adamWDefaults } from '../../main/engine/adamw.ts';
import * as g from '../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../main/engine/load-network.ts';
import { l1 } from '../../main/engine/losses.ts';
import { supervised } from '../../main/engine/objective.ts';
import { toOnnx } from '../../main/engine/onnx.ts';
import { namedValues } from '../../main/engine/parameters.ts';
import { TensorFlowGraph } from '../../main/engine/tensorflow/graph.ts';
import { TensorFlowTrainer } from '../../main/engine/tensorflow/trainer.ts';
import { initialState, objectiveParameters, Trainer } from '../../main/engine/trainer.ts';
import { networks } from '../../models/networks.ts';
import { tensorflowOn } from '../main/engine/tensorflow/backends.ts';
import { best, print } from './measure.ts';

const side = 128;
const { build } = networks['denoiser-fast'];
const objective = supervised(build, l1, { input: [1, 4, 32, 32], target: [1, 3, 32, 32] });
const specs = objectiveParameters(objective);
const state = initialState(specs, 1);
const ramp = (length: number) => Float32Array.from({ length }, (_, i) => (i % 256) / 255);
const milliseconds = (seconds: number) => (seconds * 1000).toFixed(0);

it('runs and trains', async () => {
  const tf = await tensorflowOn('wasm');
  const shape = [1, 4, side, side];
  const image = g.input('input', shape);
  const model = toOnnx(
    { output: build(image, g.parameter) },
    { parameters: namedValues(state.parameters, specs), freeSize: true },
  );
  const picture = ramp(g.sizeOf(shape));
  const network = await loadNetwork(model, 'cpu');
  const graph = new TensorFlowGraph(tf, model);
  const run = {
    runtime: await best(3, () => network.run(picture, side, side)),
    tensorflow: await best(3, async () => graph.run({ input: { shape, data: picture } })),
  };
  await network.dispose();
  graph.dispose();
  const batch = { input: ramp(4 * 32 * 32), target: ramp(3 * 32 * 32) };
  const ours = await Trainer.create({ objective, device: 'cpu' }, state);
  const options = { objective, specs, optimizer: adamWDefaults, parts: 1, device: 'wasm' };
  const theirs = new TensorFlowTrainer(tf, options, state);
  const step = {
    runtime: await best(3, () => ours.step(batch, 1, 1e-4, 0.9)),
    tensorflow: await best(2, () => theirs.step(batch, 1, 1e-4, 0.9)),
  };
  await Promise.all([ours.dispose(), theirs.dispose()]);
  const row = (name: string, { runtime, tensorflow }: typeof run) => [
    name,
    milliseconds(runtime),
    milliseconds(tensorflow),
    (tensorflow / runtime).toFixed(1),
  ];
  print('denoiser-fast on the CPU, milliseconds', [
    ['', 'ONNX Runtime', 'TensorFlow in WebAssembly', 'times as long'],
    row(`a tile of ${side} x ${side}`, run),
    row('a step on 32 x 32', step),
  ]);
  expect(run.tensorflow).toBeGreaterThan(0);
});
