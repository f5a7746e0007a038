import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { adamWDefaults, type OptimizerState } from '../../../main/engine/adamw.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import { mse } from '../../../main/engine/losses.ts';
import { supervised } from '../../../main/engine/objective.ts';
import type { NetworkBuilder } from '../../../main/engine/parameters.ts';
import { objectiveParameters } from '../../../main/engine/trainer.ts';
import { trainingStepModel } from '../../../main/engine/training-step.ts';

/** y = x · w for a single weight: everything about a step can be computed by hand. */
const line: NetworkBuilder = (x, parameters) => g.mul(x, parameters('w', [1], 1));

async function run(options: { clipNorm: number; weightDecay: number }, steps: number) {
  const objective = supervised(line, mse, { input: [1], target: [1] });
  const optimizer = { ...adamWDefaults, ...options };
  const model = trainingStepModel(objective, objectiveParameters(objective), optimizer);
  const session = await InferenceSession.create(model);
  const one = (value: number) => new Tensor('float32', Float32Array.of(value), [1]);
  const scalar = (value: number) => new Tensor('float32', Float32Array.of(value), []);
  let state: OptimizerState<Tensor> = { parameters: one(1), m: one(0), v: one(0), ema: one(1) };
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const inputs = {
      input: one(2),
      target: one(5),
      learningRate: scalar(0.1),
      step: scalar(step),
      emaDecay: scalar(0.9),
    };
    const out = await session.run({ ...state, ...inputs });
    const next = (name: string) => out[`next.${name}`] as Tensor;
    state = { parameters: next('parameters'), m: next('m'), v: next('v'), ema: next('ema') };
    losses.push(Number(out.loss?.data[0]));
  }
  return { losses, w: Number(state.parameters.data[0]), ema: Number(state.ema.data[0]) };
}

/** Adam as in Algorithm 2 of Loshchilov & Hutter 2019, written out for one weight. */
function byHand(options: { clipNorm: number; weightDecay: number }, steps: number) {
  let [w, m, v, ema] = [1, 0, 0, 1];
  const losses: number[] = [];
  for (let t = 1; t <= steps; t++) {
    losses.push((2 * w - 5) ** 2);
    const gradient = 2 * (2 * w - 5) * 2;
    const clipped = gradient * Math.min(1, options.clipNorm / Math.abs(gradient));
    m = 0.9 * m + 0.1 * clipped;
    v = 0.999 * v + 0.001 * clipped ** 2;
    const update = m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    w = w - 0.1 * update - 0.1 * options.weightDecay * w;
    ema = 0.9 * ema + 0.1 * w;
  }
  return { losses, w, ema };
}

it.each([
  { clipNorm: 1000, weightDecay: 0 },
  { clipNorm: 3, weightDecay: 0 },
  { clipNorm: 1000, weightDecay: 0.05 },
])('is AdamW with clipping at $clipNorm, weight decay $weightDecay and a moving average', async (options) => {
  const ours = await run(options, 5);
  const expected = byHand(options, 5);
  expect(ours.w).toBeCloseTo(expected.w, 5);
  expect(ours.ema).toBeCloseTo(expected.ema, 5);
  for (const [i, loss] of expected.losses.entries()) expect(ours.losses[i]).toBeCloseTo(loss, 4);
});
