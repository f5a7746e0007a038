/** What a model makes of any picture, and how unusual the picture is to it: models know only what they have seen. */

import type { Coder } from './coder.ts';
import { errorsOf, toMatrix } from './finish.ts';
import type { Generator } from './generator.ts';
import { type Matrix, rowOf } from './matrix.ts';
import type { PictureSet } from './pictures.ts';
import { noiseOf } from './prior.ts';

export interface Reconstruction {
  /** Of the given pictures, [N, latent]. */
  readonly codes: Matrix;
  /** [N, values of a picture], 0..1 */
  readonly drawn: Matrix;
  /** The class that the model was told of each picture; none where it has no classes. */
  readonly labels: readonly number[];
  readonly judgements: readonly Judgement[];
}

export interface Judgement {
  /** Mean squared error of the reconstruction. */
  readonly mse: number;
  /** Share of held-out pictures that the model draws better, 0..1; 1 is worse than any of them. */
  readonly unusual: number;
  /** Length of the code in deviations of the prior, over what is usual in as many dimensions: about 1. */
  readonly remoteness: number;
  /** Whether the error is usual though plain grey would be nearer: it is small only for want of contrast. */
  readonly dull: boolean;
  readonly sentence: string;
}

/** Held-out pictures drawn better than this one, from which on it is called unusual, or foreign. */
const unusualShare = 0.95;
/** So many times the error of the worst held-out picture. */
const foreignFactor = 1.5;

/** @param told a class for every picture; where the model has classes and none are given, those that fit best */
export async function reconstruct(
  { card, coder, prior, training }: Generator,
  pictures: PictureSet,
  told: readonly number[] = [],
): Promise<Reconstruction> {
  const shown = toMatrix(pictures);
  const classes = told.length > 0 ? 0 : card.recipe.classes.length;
  const labels = classes > 0 ? await fittingClasses(coder, shown, classes) : told;
  const codes = await coder.encode(shown, labels);
  const drawn = await coder.decode(codes, labels);
  const judgements = errorsOf(shown, drawn).map((mse, row) => {
    const length = Math.hypot(...noiseOf(prior, rowOf(codes, row)));
    const remoteness = length / Math.sqrt(codes.columns);
    const variance = varianceOf(rowOf(shown, row));
    return judgement({ mse, variance, remoteness }, training.heldOutErrors);
  });
  return { codes, drawn, labels, judgements };
}

/** For each picture the class under which the model draws it best. */
async function fittingClasses(coder: Coder, shown: Matrix, classes: number): Promise<number[]> {
  const best = Array.from({ length: shown.rows }, () => ({ label: 0, error: Number.POSITIVE_INFINITY }));
  for (let label = 0; label < classes; label++) {
    const labels = best.map(() => label);
    const drawn = await coder.decode(await coder.encode(shown, labels), labels);
    for (const [row, error] of errorsOf(shown, drawn).entries()) {
      if (error < (best[row]?.error ?? 0)) best[row] = { label, error };
    }
  }
  return best.map(({ label }) => label);
}

/**
 * Foreign is what is drawn far worse than anything of its kind. What plain grey of its own brightness would be nearer
 * to is not known either: dark and soft pictures have small errors whatever is made of them.
 *
 * @param heldOut errors of held-out pictures, ascending
 */
export function judgement(
  { mse, variance, remoteness }: Pick<Judgement, 'mse' | 'remoteness'> & { readonly variance: number },
  heldOut: readonly number[],
): Judgement {
  const better = heldOut.filter((error) => error < mse).length;
  const unusual = heldOut.length > 0 ? better / heldOut.length : 0;
  const worst = heldOut.at(-1) ?? Number.POSITIVE_INFINITY;
  const foreign = mse > worst * foreignFactor;
  const worseThanGrey = mse > variance;
  const dull = worseThanGrey && unusual < unusualShare;
  return { mse, unusual, remoteness, dull, sentence: sentenceFor(unusual, foreign, worseThanGrey) };
}

function varianceOf(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function sentenceFor(unusual: number, foreign: boolean, worseThanGrey: boolean): string {
  if (worseThanGrey)
    return 'A plain grey would be nearer to the picture than this drawing: the model knows nothing of the kind, or has not learnt enough.';
  if (foreign)
    return 'Unlike anything this model has learnt from: it can only draw it as something that it knows.';
  if (unusual >= unusualShare)
    return 'Unusual for this model: it draws nearly every picture of its kind better.';
  return 'Of the kind that this model knows.';
}
