/** Batches of an autoencoder: every picture once an epoch, in an order that the seed gives. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Corruption, Recipe } from '../../preload/contract.ts';
import { gaussian, uniform } from '../engine/gaussian.ts';
import type { Objective } from '../engine/objective.ts';
import type { Batch } from '../engine/trainer.ts';
import { type PictureSet, pictureLength } from './pictures.ts';

/** Mean and deviation of the noise that a denoising autoencoder learns to remove; the result is clipped. */
const corruptingNoise = { mean: 0.5, deviation: 0.5 } as const;

/** Steps that show every picture once; the rest of a division waits for the next epoch. */
export function stepsPerEpoch(
  { count }: Pick<PictureSet, 'count'>,
  { batch }: Pick<Recipe, 'batch'>,
): number {
  return Math.max(1, Math.floor(count / batch));
}

/** Makes the batch of any step: the same pictures, recipe and step give the same batch, so a run can be resumed. */
export class Batches {
  readonly #pictures: PictureSet;
  readonly #recipe: Recipe;
  readonly #inputs: Objective['inputs'];
  #epoch = -1;
  #order: Uint32Array = new Uint32Array();

  constructor(pictures: PictureSet, recipe: Recipe, objective: Objective) {
    this.#pictures = pictures;
    this.#recipe = recipe;
    this.#inputs = objective.inputs;
  }

  /**
   * @param step from 1
   * @param beta weight of the divergence at this step
   */
  at(step: number, beta: number): Batch {
    const { batch, seed } = this.#recipe;
    const perEpoch = stepsPerEpoch(this.#pictures, this.#recipe);
    const epoch = Math.floor((step - 1) / perEpoch);
    if (epoch !== this.#epoch) {
      this.#order = shuffled(this.#pictures.count, generator(seed, -1 - epoch));
      this.#epoch = epoch;
    }
    const first = ((step - 1) % perEpoch) * batch;
    // A collection smaller than a batch is gone through again.
    const places = Array.from(
      { length: batch },
      (_, i) => this.#order[(first + i) % this.#order.length] ?? 0,
    );
    return this.#batch(places, beta, generator(seed, step));
  }

  /** Every picture in its own order, for measuring: the noise is the same at every call. */
  *all(beta: number): Iterable<Batch> {
    const { batch, seed } = this.#recipe;
    const count = Math.max(1, Math.floor(this.#pictures.count / batch));
    for (let index = 0; index < count; index++) {
      const places = Array.from({ length: batch }, (_, i) => (index * batch + i) % this.#pictures.count);
      yield this.#batch(places, beta, generator(seed + 1, index));
    }
  }

  #batch(places: readonly number[], beta: number, random: RandomGenerator): Batch {
    const target = floats(this.#pictures, places);
    const input = corrupted(target, this.#pictures, this.#recipe.corruption, random);
    const batch: Record<string, Float32Array> = { input, target };
    const classes = this.#recipe.classes.length;
    if (classes > 0)
      batch.label = oneHot(
        places.map((place) => this.#pictures.labels?.[place] ?? 0),
        classes,
      );
    for (const name of ['noise', 'prior']) {
      if (this.#inputs[name]) batch[name] = normals(random, places.length * this.#recipe.latent);
    }
    if (this.#inputs.beta) batch.beta = Float32Array.of(beta);
    return batch;
  }
}

function generator(seed: number, step: number): RandomGenerator {
  return xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1) ^ step);
}

/** Fisher and Yates' shuffle of 0..count - 1. */
function shuffled(count: number, random: RandomGenerator): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.min(last, Math.floor(uniform(random) * (last + 1)));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

function floats(pictures: PictureSet, places: readonly number[]): Float32Array {
  const length = pictureLength(pictures);
  const values = new Float32Array(places.length * length);
  for (const [row, place] of places.entries()) {
    for (let i = 0; i < length; i++) {
      values[row * length + i] = (pictures.values[place * length + i] ?? 0) / 255;
    }
  }
  return values;
}

/** [N, classes] with a one at every row's label. */
export function oneHot(labels: readonly number[], classes: number): Float32Array {
  const values = new Float32Array(labels.length * classes);
  for (const [row, label] of labels.entries()) values[row * classes + label] = 1;
  return values;
}

function normals(random: RandomGenerator, count: number): Float32Array {
  const values = new Float32Array(count);
  gaussian(random, values, 1);
  return values;
}

/** What the encoder sees instead of the clean picture. */
function corrupted(
  clean: Float32Array,
  { size }: Pick<PictureSet, 'size'>,
  corruption: Corruption,
  random: RandomGenerator,
): Float32Array {
  if (corruption === 'none') return clean;
  if (corruption === 'reduce') return halved(clean, size);
  const noise = normals(random, clean.length);
  const { mean, deviation } = corruptingNoise;
  return clean.map((value, i) => Math.min(1, Math.max(0, value + mean + deviation * (noise[i] ?? 0))));
}

/** Planes of size x size to half the size, by the mean of every 2 x 2. */
export function halved(planes: Float32Array, size: number): Float32Array {
  const side = size / 2;
  const result = new Float32Array(planes.length / 4);
  for (let i = 0; i < result.length; i++) {
    const [row, column] = [Math.floor(i / side), i % side];
    const at = 2 * row * size + 2 * column;
    const above = (planes[at] ?? 0) + (planes[at + 1] ?? 0);
    result[i] = (above + (planes[at + size] ?? 0) + (planes[at + size + 1] ?? 0)) / 4;
  }
  return result;
}
