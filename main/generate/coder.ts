/** A trained encoder and decoder, ready to run. */

import type { Recipe } from '../../preload/contract.ts';
import type { LoadedGraph, Values } from '../engine/load-graph.ts';
import { halved, oneHot } from './batches.ts';
import { emptyMatrix, type Matrix, rowOf } from './matrix.ts';

/** Pictures a run when many are encoded. */
const chunk = 32;

export class Coder {
  readonly recipe: Recipe;
  /** Height and width of the pictures that are encoded. */
  readonly inputSize: number;
  readonly #encoder: LoadedGraph;
  readonly #decoder: LoadedGraph;

  constructor(recipe: Recipe, inputSize: number, encoder: LoadedGraph, decoder: LoadedGraph) {
    this.recipe = recipe;
    this.inputSize = inputSize;
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  /**
   * Codes of pictures; the mean, where a code is a distribution.
   *
   * @param pictures [N, channels x size x size], 0..1; made small where the encoder takes smaller ones
   * @param labels a class for every picture, where the model has classes
   */
  async encode(pictures: Matrix, labels: readonly number[] = []): Promise<Matrix> {
    const codes = emptyMatrix(pictures.rows, this.recipe.latent);
    const { inputSize, recipe } = this;
    for (let first = 0; first < pictures.rows; first += chunk) {
      const rows = Math.min(chunk, pictures.rows - first);
      const whole = pictures.values.subarray(first * pictures.columns, (first + rows) * pictures.columns);
      const data = inputSize < recipe.size ? halved(whole, recipe.size) : whole;
      const input = { shape: [rows, recipe.channels, inputSize, inputSize], data };
      const { mu } = await this.#encoder.run({
        input,
        ...this.#label(labels.slice(first, first + rows), rows),
      });
      if (!mu) throw new Error('the encoder has no output mu');
      codes.values.set(mu, first * codes.columns);
    }
    return codes;
  }

  /**
   * Pictures of codes, one by one, so that a picture's bits don't depend on how many there are.
   *
   * @returns [N, channels x size x size], 0..1
   */
  async decode(codes: Matrix, labels: readonly number[] = []): Promise<Matrix> {
    const { channels, size, latent } = this.recipe;
    const pictures = emptyMatrix(codes.rows, channels * size * size);
    for (let row = 0; row < codes.rows; row++) {
      const code = { shape: [1, latent], data: rowOf(codes, row) };
      const { picture } = await this.#decoder.run({ code, ...this.#label(labels.slice(row, row + 1), 1) });
      if (!picture) throw new Error('the decoder has no output picture');
      pictures.values.set(picture, row * pictures.columns);
    }
    return pictures;
  }

  /** Pictures without a class get none: a row of zeros. */
  #label(labels: readonly number[], rows: number): Record<string, Values> {
    const classes = this.recipe.classes.length;
    if (classes === 0) return {};
    const data = labels.length === rows ? oneHot(labels, classes) : new Float32Array(rows * classes);
    return { label: { shape: [rows, classes], data } };
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#encoder.dispose(), this.#decoder.dispose()]);
  }
}
