import { expect, it, vi } from 'vitest';
import * as g from '../../../main/engine/graph/graph.ts';
import { mse } from '../../../main/engine/losses.ts';
import { supervised } from '../../../main/engine/objective.ts';
import { SteadyTrainer } from '../../../main/engine/steady-trainer.ts';
import {
  initialState,
  objectiveParameters,
  Trainer,
  type TrainingState,
} from '../../../main/engine/trainer.ts';

const objective = supervised((x, weights) => g.mul(x, weights('w', [1], 1)), mse, {
  input: [1],
  target: [1],
});
const start = initialState(objectiveParameters(objective), 1);
const batch = { input: Float32Array.of(2), target: Float32Array.of(5) };
const onCpu = (state: TrainingState) => Trainer.create({ objective, device: 'cpu' }, state);

/** A device that behaves until a step, and then does as it is told. */
async function failing(
  at: number,
  fail: (trainer: Trainer) => ReturnType<Trainer['step']>,
): Promise<Trainer> {
  const inner = await onCpu(start);
  return {
    device: 'GPU',
    get state() {
      return inner.state;
    },
    step: (...args) => (args[1] === at ? fail(inner) : inner.step(...args)),
    dispose: () => inner.dispose(),
  };
}

async function losses(trainer: Trainer): Promise<number[]> {
  const curve: number[] = [];
  for (let step = 1; step <= 6; step++) curve.push((await trainer.step(batch, step, 0.1, 0.5)).loss);
  return curve;
}

it.each([
  ['is lost', () => Promise.reject(new Error('Device lost\n at queue')), 'Device lost.'],
  [
    'gives no numbers',
    async (inner: Trainer) => {
      await inner.step({ ...batch, input: Float32Array.of(Number.NaN) }, 4, 0.1, 0.5);
      return { loss: Number.NaN, gradientNorm: 1, parts: {} };
    },
    'It gave values that are not numbers.',
  ],
])('takes the step again on the CPU when its device %s, and goes on there', async (_, fail, reason) => {
  const onFailed = vi.fn();
  const steady = new SteadyTrainer(await failing(4, fail), { onCpu, onFailed });
  const curve = await losses(steady);
  expect(curve).toEqual(await losses(await onCpu(start)));
  expect(onFailed).toHaveBeenCalledExactlyOnceWith(reason);
  expect(steady.device).toContain('CPU');
  await steady.dispose();
});

it('begins on the CPU where the device cannot even be opened', async () => {
  const onDeviceFailed = vi.fn();
  const trainer = await Trainer.create({ objective, device: 'dml', onDeviceFailed }, start);
  expect(trainer.device).toContain('CPU');
  expect(onDeviceFailed).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('dml'));
  await trainer.dispose();
});
