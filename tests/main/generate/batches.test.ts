import { expect, it } from 'vitest';
import { Batches, halved, stepsPerEpoch } from '../../../main/generate/batches.ts';
import { autoencoderObjective } from '../../../main/generate/objective.ts';
import { pictureLossOf } from '../../../main/generate/picture-losses.ts';
import { shapeRecipe, shapes } from './shapes.ts';

const pictures = { ...shapes(48), values: new Uint8Array(48 * 784).map((_, i) => Math.floor(i / 784)) };

async function batches(changes = {}) {
  const recipe = shapeRecipe(changes);
  return new Batches(pictures, recipe, autoencoderObjective(recipe, await pictureLossOf(recipe)));
}

/** Which pictures a batch holds: every value of picture k is k / 255. */
const members = (target: Float32Array | undefined) =>
  Array.from({ length: (target?.length ?? 0) / 784 }, (_, row) =>
    Math.round(255 * (target?.[row * 784] ?? 0)),
  );

it('shows every picture once an epoch, in another order each time', async () => {
  const source = await batches();
  const epoch = (first: number) => [0, 1, 2].flatMap((step) => members(source.at(first + step, 1).target));
  expect(stepsPerEpoch(pictures, { batch: 16 })).toBe(3);
  const [one, two] = [epoch(1), epoch(4)];
  for (const seen of [one, two]) {
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, i) => i));
  }
  expect(one).not.toEqual(two);
});

it('gives the same batch for the same step, wherever it begins', async () => {
  const [one, other] = [await batches(), await batches()];
  one.at(1, 1);
  expect(one.at(5, 1)).toEqual(other.at(5, 1));
});

it('draws fresh noise for every step', async () => {
  const source = await batches();
  expect(source.at(1, 1).noise).not.toEqual(source.at(2, 1).noise);
  expect(source.at(1, 1).noise).toHaveLength(32);
});

it('measures with the same noise every time', async () => {
  const source = await batches();
  expect([...source.all(1)]).toEqual([...source.all(1)]);
});

it('corrupts what is encoded, never what it must become', async () => {
  const noisy = (
    await batches({ kind: 'autoencoder', network: 'lesson-convolutional', latent: 128, corruption: 'noise' })
  ).at(1, 1);
  expect(noisy.input).not.toEqual(noisy.target);
  expect(members(noisy.target)).toHaveLength(16);
  expect(Math.min(...(noisy.input ?? []))).toBe(0);
  expect(Math.max(...(noisy.input ?? []))).toBe(1);
});

it('halves by the mean of every four', () => {
  const planes = Float32Array.of(1, 3, 0, 0, 5, 7, 0, 8, 1, 1, 2, 2, 1, 1, 2, 2);
  expect([...halved(planes, 4)]).toEqual([4, 2, 1, 2]);
});
