import { expect, it, vi } from 'vitest';
import * as g from '../../../main/engine/graph/graph.ts';
import { mse } from '../../../main/engine/losses.ts';
import { supervised } from '../../../main/engine/objective.ts';
import { type Footing, SteadyTrainer, type Trouble } from '../../../main/engine/steady-trainer.ts';
import {
  initialState,
  objectiveParameters,
  Trainer,
  type TrainingState,
} from '../../../main/engine/trainer.ts';

const objective = supervised((x, weights) => g.mul(x, weights('w', [1], 1)), mse, {
  input: [4],
  target: [4],
});
const start = initialState(objectiveParameters(objective), 1);
const batch = { input: Float32Array.of(2, 1, -1, 3), target: Float32Array.of(5, 4, 3, 2) };
const onCpu = (state: TrainingState) => Trainer.create({ objective, device: 'cpu' }, state);

/** Devices that behave until a step, and then do as they are told, if told. */
function opening(
  fail: (footing: Footing, step: number, inner: Trainer) => ReturnType<Trainer['step']> | undefined,
) {
  return async (footing: Footing, state: TrainingState): Promise<Trainer> => {
    const inner = await Trainer.create({ objective, device: 'cpu', parts: footing.parts }, state);
    return {
      device: footing.id,
      get state() {
        return inner.state;
      },
      step: (...args) => fail(footing, args[1], inner) ?? inner.step(...args),
      dispose: () => inner.dispose(),
    };
  };
}

function steadily(open: ReturnType<typeof opening>, footing: Footing, onTrouble: (trouble: Trouble) => void) {
  const isDivisible = (parts: number) => parts <= 4;
  return SteadyTrainer.open({ open, isDivisible, onTrouble }, footing, start);
}

async function losses(trainer: Trainer): Promise<number[]> {
  const curve: number[] = [];
  for (let step = 1; step <= 6; step++) curve.push((await trainer.step(batch, step, 0.1, 0.5)).loss);
  await trainer.dispose();
  return curve;
}

function expectClose(curve: readonly number[], expected: readonly number[]) {
  expect(curve.length).toBe(expected.length);
  for (const [i, loss] of expected.entries()) expect(curve[i]).toBeCloseTo(loss, 5);
}

it.each([
  ['is lost', () => Promise.reject(new Error('Device lost\n at queue')), 'Device lost.'],
  [
    'gives no numbers',
    async (inner: Trainer) => {
      const input = Float32Array.of(Number.NaN, 1, 1, 1);
      await inner.step({ ...batch, input }, 4, 0.1, 0.5);
      return { loss: Number.NaN, gradientNorm: 1, parts: {} };
    },
    'It gave values that are not numbers.',
  ],
])('takes the step again on the CPU when its device %s, and goes on there', async (_, fail, reason) => {
  const onTrouble = vi.fn();
  const open = opening(({ id }, step, inner) => (id !== 'cpu' && step === 4 ? fail(inner) : undefined));
  const steady = await steadily(open, { id: 'webgpu', parts: 1 }, onTrouble);
  expect(await losses(steady)).toEqual(await losses(await onCpu(start)));
  expect(onTrouble).toHaveBeenCalledExactlyOnceWith({ kind: 'device-failed', reason });
  expect(steady.device).toBe('cpu');
});

it('begins on the CPU where the device cannot even be opened', async () => {
  const onTrouble = vi.fn();
  const trainer = await Trainer.create({ objective, device: 'dml', onTrouble }, start);
  expect(trainer.device).toContain('CPU');
  const reason = expect.stringContaining('dml');
  expect(onTrouble).toHaveBeenCalledExactlyOnceWith({ kind: 'device-failed', reason });
  await trainer.dispose();
});

const noMemory = () =>
  Promise.reject(new Error('Failed to allocate memory for requested buffer of size 4294967296'));

it.each(['webgpu', 'cpu'] as const)(
  'takes the batch in parts, with the same curve, where the memory of the device %s runs out',
  async (id) => {
    const onTrouble = vi.fn();
    // The third step needs two parts, the fifth four.
    const open = opening(({ parts }, step) =>
      parts < (step >= 5 ? 4 : step >= 3 ? 2 : 1) ? noMemory() : undefined,
    );
    const steady = await steadily(open, { id, parts: 1 }, onTrouble);
    expectClose(await losses(steady), await losses(await onCpu(start)));
    expect(onTrouble.mock.calls).toEqual([
      [{ kind: 'batch-divided', parts: 2 }],
      [{ kind: 'batch-divided', parts: 4 }],
    ]);
    expect(steady.device).toBe(id);
  },
);

it('leaves a device for the CPU, without a word against it, when it holds not even the smallest part', async () => {
  const onTrouble = vi.fn();
  const open = opening(({ id }) => (id === 'webgpu' ? noMemory() : undefined));
  const steady = await steadily(open, { id: 'webgpu', parts: 1 }, onTrouble);
  expect(await losses(steady)).toEqual(await losses(await onCpu(start)));
  const troubles: Trouble[] = onTrouble.mock.calls.map(([trouble]) => trouble);
  expect(troubles.map(({ kind }) => kind)).toEqual(['batch-divided', 'batch-divided', 'device-too-small']);
});

it('says so when even the CPU has too little', async () => {
  const steady = await steadily(opening(noMemory), { id: 'cpu', parts: 1 }, vi.fn());
  await expect(steady.step(batch, 1, 0.1, 0.5)).rejects.toMatchObject({ code: 'out-of-memory' });
});
