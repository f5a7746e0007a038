import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvAsClasses, foldersAsClasses } from '../../../main/generate/classes.ts';
import { loadCoder } from '../../../main/generate/coder-onnx.ts';
import { finish } from '../../../main/generate/finish.ts';
import { Generator } from '../../../main/generate/generator.ts';
import { Learner } from '../../../main/generate/learner.ts';
import { collectionMap } from '../../../main/generate/map.ts';
import { matrixOf, rowOf } from '../../../main/generate/matrix.ts';
import { judgement, reconstruct } from '../../../main/generate/reconstruction.ts';
import { sampleCodes } from '../../../main/generate/sample.ts';
import type { Recipe } from '../../../preload/contract.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { shapeRecipe, shapes } from './shapes.ts';

const data = { training: shapes(96), heldOut: shapes(24, 2) };
const recipe = shapeRecipe({ kind: 'autoencoder', loss: 'bce', latent: 4 });
let generator: Generator;

beforeAll(async () => {
  generator = await trained(recipe, 150);
});
afterAll(() => generator.dispose());

async function trained(recipe: Recipe, steps: number): Promise<Generator> {
  const learner = await Learner.create(recipe, data, { device: 'cpu' });
  for (let step = 1; step <= steps; step++) await learner.step(step, steps);
  const coder = await loadCoder(recipe, learner.coder());
  const { training, scores } = await finish(coder, data, await learner.measure());
  await learner.close();
  const files = {};
  const card = {
    id: 'shapes',
    name: 'shapes',
    task: 'generate',
    summary: '',
    licence: '',
    data: '',
  } as const;
  return new Generator(
    { ...card, recipe, steps, pictures: 96, parameters: 0, scores, files },
    coder,
    training,
  );
}

it('measures itself beside principal components of as many dimensions', () => {
  const { mse, pcaMse, pictures } = generator.card.scores;
  expect(pictures).toBe(24);
  expect(mse).toBeGreaterThan(0);
  expect(pcaMse).toBeGreaterThan(0);
  expect(generator.training.heldOutErrors).toHaveLength(24);
});

it('encodes a picture alone as it does among others', async () => {
  const some = matrixOf(
    [0, 1, 2].map((i) =>
      Float32Array.from(data.training.values.subarray(i * 784, (i + 1) * 784), (v) => v / 255),
    ),
  );
  const together = await generator.coder.encode(some);
  const alone = await generator.coder.encode(matrixOf([rowOf(some, 2)]));
  for (const [i, value] of rowOf(together, 2).entries()) expect(alone.values[i]).toBeCloseTo(value, 4);
});

it('draws codes where the collection has its own, though it was trained towards no prior', () => {
  const codes = sampleCodes(generator.prior, { seed: 1, count: 300, temperature: 1 });
  const range = (values: Float32Array) => [Math.min(...values), Math.max(...values)] as const;
  const [low, high] = range(generator.training.codes.values);
  const inside = codes.values.filter((value) => value > low - 1 && value < high + 1).length;
  expect(inside / codes.values.length).toBeGreaterThan(0.9);
});

it('tells pictures of its kind from foreign ones', async () => {
  const own = await reconstruct(generator, data.heldOut);
  const foreign = { ...data.heldOut, values: data.heldOut.values.map((value) => 255 - value) };
  const other = await reconstruct(generator, foreign);
  const known = own.judgements.filter(({ sentence }) => sentence === 'Of the kind that this model knows.');
  expect(known.length).toBeGreaterThan(20);
  for (const { sentence, unusual } of other.judgements) {
    expect(sentence).toMatch(/^Unlike anything this model has learnt from|^A plain grey would be nearer/);
    expect(unusual).toBe(1);
  }
});

it('does not take the usual error of a picture without contrast for a sign that it knows it', () => {
  const usual = [0.01, 0.02, 0.03, 0.04];
  expect(judgement({ mse: 0.025, variance: 0.02, remoteness: 1 }, usual)).toMatchObject({
    ...{ unusual: 0.5, dull: true },
    sentence: expect.stringMatching(/^A plain grey would be nearer/),
  });
  expect(judgement({ mse: 0.025, variance: 0.1, remoteness: 1 }, usual)).toMatchObject({
    ...{ unusual: 0.5, dull: false, sentence: 'Of the kind that this model knows.' },
  });
  expect(judgement({ mse: 0.3, variance: 0.2, remoteness: 1 }, usual)).toMatchObject({
    unusual: 1,
    dull: false,
  });
});

it('tells a model with classes the one that fits a picture best, where none is said', async () => {
  const classes = ['high', 'low'];
  const one = await trained(shapeRecipe({ kind: 'cvae', network: 'convolutional', classes }), 1);
  const errors = async (told?: number) => {
    const labels = told === undefined ? [] : Array.from({ length: data.heldOut.count }, () => told);
    return (await reconstruct(one, data.heldOut, labels)).judgements.map(({ mse }) => mse);
  };
  const [high, low] = [await errors(0), await errors(1)];
  expect(await errors()).toEqual(high.map((mse, i) => Math.min(mse, low[i] ?? 0)));
  expect(high).not.toEqual(low);
  await one.dispose();
});

it('calls pictures of the collection copied', () => {
  const copies = matrixOf(
    [5, 6].map((i) =>
      Float32Array.from(data.training.values.subarray(i * 784, (i + 1) * 784), (v) => v / 255),
    ),
  );
  expect(generator.novelty(copies).map(({ verdict, nearest }) => [verdict, nearest])).toEqual([
    ['copied', 5],
    ['copied', 6],
  ]);
});

describe('the map', () => {
  it.each(['pca', 'pixels', 'umap'] as const)(
    'lays every picture out by %s, the same way each time',
    async (layout) => {
      const [map, again] = [await collectionMap(generator, layout), await collectionMap(generator, layout)];
      expect(map.points).toMatchObject({ rows: 96, columns: 2 });
      expect(map.points.values.every(Number.isFinite)).toBe(true);
      expect(again.points.values).toEqual(map.points.values);
      // Squares that lie high and low are far apart in any of them.
      expect(map.agreement).toBeGreaterThan(0.75);
    },
  );

  it('is not the latent space itself where that has more than two dimensions', async () => {
    await expect(collectionMap(generator, 'latent')).rejects.toThrow('has 4 dimensions: choose pca or umap');
  });
});

describe('classes', () => {
  it('are the first folders below the collection', () => {
    const classOf = foldersAsClasses('/pictures');
    expect(classOf('/pictures/cats/old/a.png')).toBe('cats');
    expect(classOf('/pictures/a.png')).toBeUndefined();
  });

  it('can come from a table, by name or by path', async () => {
    const place = await temporaryFolder();
    await mkdir(join(place.path, 'x'));
    const table = join(place.path, 'classes.csv');
    await writeFile(table, 'a.png,cat\n"x/b, c.png",dog\n');
    const classOf = await csvAsClasses(table, place.path);
    expect(classOf(join(place.path, 'deep/a.png'))).toBe('cat');
    expect(classOf(join(place.path, 'x/b, c.png'))).toBe('dog');
    expect(classOf(join(place.path, 'd.png'))).toBeUndefined();
    await writeFile(table, 'only one column\n');
    await expect(csvAsClasses(table, place.path)).rejects.toThrow('is not a table of file names and classes');
    await place.remove();
  });
});
