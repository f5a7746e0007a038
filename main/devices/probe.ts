/** Measures one device: are its results the CPU's, and how fast do they come? */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { networks } from '../../models/networks.ts';
import type { Device, DeviceSpeed, Precision } from '../../preload/contract.ts';
import { precisionOf } from '../engine/devices.ts';
import { uniform } from '../engine/gaussian.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import { loadNetwork } from '../engine/load-network.ts';
import { l1 } from '../engine/losses.ts';
import type { Network } from '../engine/network.ts';
import { type Objective, supervised } from '../engine/objective.ts';
import { initialState, objectiveParameters, Trainer } from '../engine/trainer.ts';

export type InferenceSpeed = DeviceSpeed['inference'][number];
export type TrainingSpeed = NonNullable<DeviceSpeed['training']>;

/**
 * Largest differences from the CPU that pass. Of samples, 0..1: a quarter of an 8-bit level, one level, two levels.
 * Of gradients, relative to the largest: what the precision's rounding leaves after the network's depth.
 */
const tolerances: Readonly<Record<Precision, { samples: number; gradients: number }>> = {
  float32: { samples: 1e-3, gradients: 1e-3 },
  tf32: { samples: 4e-3, gradients: 3e-2 },
  float16: { samples: 8e-3, gradients: 5e-2 },
};

/** Sides of the tiles that are tried, one after the other; small tiles would not show what a GPU can do. */
const sides = [32, 64, 128, 256, 512];
/** Seconds for each model, and for training, after which nothing larger is begun. */
const budget = 0.5;
/** A time is repeated until so many seconds are spent on it, and at least once. */
const timed = 0.05;

/** @param model path of an ONNX file */
export async function probeInference(
  id: Device['id'],
  model: { readonly id: string; readonly path: string },
): Promise<InferenceSpeed> {
  const [device, cpu] = await Promise.all([loadNetwork(model.path, id), loadNetwork(model.path, 'cpu')]);
  try {
    return { model: model.id, ...(await compareRuns(device, cpu, precisionOf[id])) };
  } finally {
    await Promise.all([device.dispose(), cpu.dispose()]);
  }
}

/** Grows the tile for as long as there is time; a wrong result ends it. */
export async function compareRuns(
  device: Network,
  cpu: Network,
  precision: Precision,
): Promise<Omit<InferenceSpeed, 'model'>> {
  const begin = performance.now();
  let difference = 0;
  let megapixelsPerSecond = 0;
  for (const side of sides) {
    const input = noise(device.inputChannels * side * side, side);
    const result = await device.run(input, side, side);
    difference = Math.max(difference, largestDifference(result, await cpu.run(input, side, side)));
    if (!(difference <= tolerances[precision].samples)) break;
    const seconds = await leastTime(() => device.run(input, side, side));
    megapixelsPerSecond = (side * side * device.scale ** 2) / seconds / 1e6;
    // The next tile has four times the pixels, and is run at least three times.
    if ((performance.now() - begin) / 1000 + 12 * seconds > budget) break;
  }
  const correct = difference <= tolerances[precision].samples;
  return { megapixelsPerSecond, difference: finite(difference), correct };
}

/** A step of the fast denoiser: its gradient beside the CPU's, and its time. */
export async function probeTraining(id: Device['id']): Promise<TrainingSpeed> {
  const small = stepOf(1);
  const expected = await small('cpu', false);
  const actual = await small(id, true);
  const scale = expected.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = largestDifference(actual.gradient, expected.gradient) / scale;
  const correct = difference <= tolerances[precisionOf[id]].gradients;
  const expectedSeconds = patches * actual.seconds;
  // A large batch takes less than so many small ones; where those are slow, the difference is not worth the wait.
  const seconds =
    correct && expectedSeconds < 3 * budget ? (await stepOf(patches)(id, true)).seconds : expectedSeconds;
  return { stepsPerSecond: 1 / seconds, difference: finite(difference), correct };
}

/** Patches in a batch, and their side. */
const patches = 16;
const patchSide = 64;

/** Trains on a batch of so many patches; the gradient is in the optimizer's first moment after the first step. */
function stepOf(count: number) {
  const input = [count, 4, patchSide, patchSide];
  const target = [count, 3, patchSide, patchSide];
  const objective: Objective = supervised(networks['denoiser-fast'].build, l1, { input, target });
  const batch = { input: noise(sizeOf(input), 1), target: noise(sizeOf(target), 2) };
  const start = initialState(objectiveParameters(objective), 3);
  return async (device: Device['id'], isTimed: boolean) => {
    const trainer = await Trainer.create({ objective, device }, start);
    try {
      await trainer.step(batch, 1, 1e-4, 0.9);
      const gradient = trainer.state.m.slice();
      let step = 1;
      const seconds = isTimed ? await leastTime(() => trainer.step(batch, ++step, 1e-4, 0.9)) : 0;
      return { gradient, seconds };
    } finally {
      await trainer.dispose();
    }
  };
}

/** Seconds of the quickest run. */
async function leastTime(run: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  const begin = performance.now();
  do {
    const start = performance.now();
    await run();
    least = Math.min(least, (performance.now() - start) / 1000);
  } while (performance.now() - begin < timed * 1000);
  return least;
}

/** Infinite where one is not a number, or they differ in length. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    if (!(difference <= most)) most = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return most;
}

/** JSON knows no infinity. */
const finite = (value: number) => Math.min(value, Number.MAX_VALUE);

function noise(length: number, seed: number): Float32Array {
  const random = xoroshiro128plus(seed);
  return new Float32Array(length).map(() => uniform(random));
}
