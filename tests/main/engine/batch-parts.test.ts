import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { isDivisible, partsOf } from '../../../main/engine/batch-parts.ts';
import { uniform } from '../../../main/engine/gaussian.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import { bceWithLogits, l1 } from '../../../main/engine/losses.ts';
import { type Objective, supervised } from '../../../main/engine/objective.ts';
import { type Batch, initialState, objectiveParameters, Trainer } from '../../../main/engine/trainer.ts';
import { autoencoderObjective } from '../../../main/generate/objective.ts';
import { denoiser } from '../../../models/denoiser.ts';
import { type Recipe, recipeDefaults } from '../../../preload/contract.ts';

const network = denoiser({ channels: [3, 4], blocks: 1, noiseMap: true });
const supervisedDenoiser = supervised(network, l1, { input: [8, 4, 8, 8], target: [8, 3, 8, 8] });
const small: Pick<Recipe, 'size' | 'channels' | 'latent' | 'batch' | 'classes'> = {
  size: 28,
  channels: 1,
  latent: 2,
  batch: 4,
  classes: [],
};
const variational = autoencoderObjective(
  { ...recipeDefaults, ...small, kind: 'vae', network: 'lesson-dense', freeNats: 0 },
  bceWithLogits,
);

function batchOf({ inputs }: Objective, seed: number): Batch {
  const random = xoroshiro128plus(seed);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [
      name,
      new Float32Array(g.sizeOf(shape)).map(() => uniform(random)),
    ]),
  );
}

async function train(objective: Objective, parts: number) {
  const start = initialState(objectiveParameters(objective), 3);
  const trainer = await Trainer.create({ objective, device: 'cpu', parts }, start);
  const losses: number[] = [];
  for (let step = 1; step <= 10; step++) {
    const { loss, gradientNorm, ...rest } = await trainer.step(batchOf(objective, step), step, 1e-3, 0.9);
    losses.push(loss, gradientNorm, rest.parts.kl ?? 0);
  }
  const { parameters, ema } = trainer.state;
  await trainer.dispose();
  return { losses, parameters, ema };
}

/** Largest difference, relative to the largest value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const values = Array.from(b);
  const most = (list: readonly number[]) => list.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return most(values.map((value, i) => value - (a[i] ?? Number.NaN))) / most(values);
}

it.each([
  ['a denoiser', supervisedDenoiser, [2, 8]],
  ['a variational autoencoder', variational, [4]],
])('%s learns the same from a batch in parts as from the whole', async (_, objective, divisions) => {
  const whole = await train(objective, 1);
  for (const parts of divisions) {
    expect(isDivisible(objective, parts)).toBe(true);
    const divided = await train(objective, parts);
    expect(difference(divided.losses, whole.losses)).toBeLessThan(1e-4);
    expect(difference(divided.parameters, whole.parameters)).toBeLessThan(1e-3);
    expect(difference(divided.ema, whole.ema)).toBeLessThan(1e-3);
  }
});

it('divides into equal parts only, and only where the loss is a mean over them', () => {
  expect(isDivisible(supervisedDenoiser, 3)).toBe(false);
  expect(isDivisible(supervisedDenoiser, 16)).toBe(false);
  expect(isDivisible({ ...supervisedDenoiser, isMean: false }, 2)).toBe(false);
  expect(isDivisible({ ...supervisedDenoiser, isMean: false }, 1)).toBe(true);
});

it('hands values without a shape to every part', () => {
  const objective: Objective = {
    inputs: { x: [4, 1], beta: [] },
    build: (batch) => ({ loss: batch('beta') }),
  };
  const parts = partsOf(objective, { x: Float32Array.of(1, 2, 3, 4), beta: Float32Array.of(9) }, 2);
  expect(parts).toEqual([
    { x: Float32Array.of(1, 2), beta: Float32Array.of(9) },
    { x: Float32Array.of(3, 4), beta: Float32Array.of(9) },
  ]);
});
