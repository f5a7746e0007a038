import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { adamWDefaults } from '../../../../main/engine/adamw.ts';
import { uniform } from '../../../../main/engine/gaussian.ts';
import * as g from '../../../../main/engine/graph/graph.ts';
import type { Objective } from '../../../../main/engine/objective.ts';
import { TensorFlowTrainer } from '../../../../main/engine/tensorflow/trainer.ts';
import {
  type Batch,
  initialState,
  objectiveParameters,
  stateFrom,
  Trainer,
  type TrainingState,
} from '../../../../main/engine/trainer.ts';
import { type Backend, backends, tensorflowOn } from './backends.ts';
import { smallObjectives } from './small-networks.ts';

const steps = 20;

function batches(objective: Objective): Batch[] {
  const random = xoroshiro128plus(5);
  return Array.from({ length: steps }, () =>
    Object.fromEntries(
      Object.entries(objective.inputs).map(([name, shape]) => [
        name,
        new Float32Array(g.sizeOf(shape)).map(() => uniform(random)),
      ]),
    ),
  );
}

const onRuntime = (objective: Objective, state: TrainingState) =>
  Trainer.create({ objective, device: 'cpu' }, state);

async function onTensorFlow(
  backend: Backend,
  objective: Objective,
  state: TrainingState,
  parts = 1,
): Promise<Trainer> {
  const specs = objectiveParameters(objective);
  const options = { objective, specs, optimizer: adamWDefaults, parts, device: backend };
  return new TensorFlowTrainer(await tensorflowOn(backend), options, state);
}

/** Trains from one step to another. @returns losses and gradient norms */
async function train(trainer: Trainer, made: readonly Batch[], from: number, to: number): Promise<number[]> {
  const curve: number[] = [];
  for (let step = from; step <= to; step++) {
    const { loss, gradientNorm } = await trainer.step(made[step - 1] ?? {}, step, 1e-3, 0.9);
    curve.push(loss, gradientNorm);
  }
  return curve;
}

/** Largest difference, relative to the largest value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let [largest, scale] = [0, 0];
  for (const [i, value] of Array.from(b).entries()) {
    scale = Math.max(scale, Math.abs(value));
    largest = Math.max(largest, Math.abs(value - (a[i] ?? Number.NaN)));
  }
  return largest / scale;
}

const vectors = ['parameters', 'm', 'v', 'ema'] as const;

describe.each(backends)('on the %s backend', (backend) => {
  const objectives = smallObjectives.filter(({ slow }) => backend === 'wasm' || !slow);

  describe.each(objectives)('$name', ({ objective, slow = false }) => {
    const start = initialState(objectiveParameters(objective), 7);
    const made = batches(objective);

    it.skipIf(slow)(
      'takes the same step in two parts of the batch, one after the other, and keeps no tensor of them',
      async () => {
        const [whole, divided] = [
          await onRuntime(objective, start),
          await onTensorFlow(backend, objective, start, 2),
        ];
        const { memory } = await tensorflowOn(backend);
        const before = memory().numTensors;
        const curve = await train(divided, made, 1, 2);
        expect(memory().numTensors).toBe(before);
        expect(difference(curve, await train(whole, made, 1, 2))).toBeLessThan(1e-4);
        await Promise.all([whole.dispose(), divided.dispose()]);
      },
    );

    it('trains for 20 steps as on ONNX Runtime, and keeps no tensor beyond its state', async () => {
      const [expected, actual] = [
        await onRuntime(objective, start),
        await onTensorFlow(backend, objective, start),
      ];
      const { memory } = await tensorflowOn(backend);
      const before = memory().numTensors;
      const curve = await train(actual, made, 1, steps);
      expect(memory().numTensors).toBe(before);
      expect(difference(curve, await train(expected, made, 1, steps))).toBeLessThan(1e-4);
      for (const name of vectors) {
        expect(difference(actual.state[name], expected.state[name])).toBeLessThan(1e-4);
      }
      await Promise.all([expected.dispose(), actual.dispose()]);
      expect(memory().numTensors).toBe(before - vectors.length);
    });
  });
});

describe('a run that changes engines halfway', () => {
  const { objective } = smallObjectives.at(-1) ?? smallObjectives[0];
  const start = initialState(objectiveParameters(objective), 8);
  const made = batches(objective);
  const half = steps / 2;
  const open = {
    'ONNX Runtime': onRuntime,
    TensorFlow: (...args: Parameters<typeof onRuntime>) => onTensorFlow('wasm', ...args),
  };

  it.each([
    ['ONNX Runtime', 'TensorFlow'],
    ['TensorFlow', 'ONNX Runtime'],
  ] as const)('has the curve of one that does not: %s, then %s', async (before, after) => {
    const first = await open[before](objective, start);
    const curve = await train(first, made, 1, half);
    const second = await open[after](objective, first.state);
    curve.push(...(await train(second, made, half + 1, steps)));
    const whole = await onRuntime(objective, start);
    expect(difference(curve, await train(whole, made, 1, steps))).toBeLessThan(1e-4);
    await Promise.all([first.dispose(), second.dispose(), whole.dispose()]);
  });
});

it('reports the parts of a loss', async () => {
  const objective: Objective = {
    inputs: { x: [2] },
    build: (batch, parameters) => {
      const products = g.mul(batch('x'), parameters('w', [2], 1));
      const sum = g.reshape(g.reduceSum(products), []);
      return { loss: g.mul(sum, sum), parts: { sum, first: g.reshape(g.slice(products, [0], [1]), []) } };
    },
  };
  const state = stateFrom(Float32Array.of(2, 3));
  const trainer = await onTensorFlow('cpu', objective, state);
  const report = await trainer.step({ x: Float32Array.of(5, 7) }, 1, 0.1, 0.5);
  // 2 · 5 + 3 · 7 = 31; d(31²)/dw = 2 · 31 · (5, 7).
  expect(report).toMatchObject({ loss: 961, parts: { sum: 31, first: 10 } });
  expect(report.gradientNorm).toBeCloseTo(62 * Math.hypot(5, 7), 2);
  await trainer.dispose();
});
