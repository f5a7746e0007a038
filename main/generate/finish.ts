/** What is learnt of a collection when training is over: codes, and how held-out pictures lie beside them. */
import type { LossReport } from '../engine/loss-meter.ts';
import type { GeneratorCard } from './card.ts';
import type { Coder } from './coder.ts';
import type { LearnerData } from './learner.ts';
import { emptyMatrix, type Matrix, rowOf, squaredDistance } from './matrix.ts';
import { usualNovelties } from './novelty.ts';
import { pca, project, reconstruct } from './pca.ts';
import { choose, type PictureSet, pictureLength } from './pictures.ts';
import { comparable, thumbnailsOf } from './thumbnails.ts';
import type { TrainingCodes } from './training-codes.ts';

/** More held-out pictures would take longer for no steadier figure. */
const maxHeldOut = 500;
/** Values that principal components are fitted to. */
const maxPcaValues = 4_000_000;

export async function finish(
  coder: Coder,
  data: LearnerData,
  loss: LossReport,
): Promise<{ training: TrainingCodes; scores: GeneratorCard['scores'] }> {
  const heldOut = spread(data.heldOut, maxHeldOut);
  const codes = await coder.encode(toMatrix(data.training), [...(data.training.labels ?? [])]);
  const shown = toMatrix(heldOut);
  const labels = [...(heldOut.labels ?? [])];
  const errors = errorsOf(shown, await coder.decode(await coder.encode(shown, labels), labels));
  const novelties = usualNovelties(comparable(data.training), comparable(heldOut));
  return {
    training: {
      codes,
      thumbnails: thumbnailsOf(data.training),
      heldOutErrors: [...errors].sort((a, b) => a - b),
      heldOutNovelties: novelties,
    },
    scores: {
      pictures: data.heldOut.count,
      loss: loss.loss,
      parts: { ...loss.parts },
      mse: mean(errors),
      pcaMse: mean(pcaErrors(data.training, shown, coder.recipe.latent)),
    },
  };
}

/** 0..1, one picture a row. */
export function toMatrix(set: PictureSet): Matrix {
  const matrix = emptyMatrix(set.count, pictureLength(set));
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = (set.values[i] ?? 0) / 255;
  return matrix;
}

/** Mean squared error of each row. */
export function errorsOf(expected: Matrix, actual: Matrix): number[] {
  return Array.from(
    { length: expected.rows },
    (_, row) => squaredDistance(rowOf(expected, row), rowOf(actual, row)) / expected.columns,
  );
}

/** Errors of the best linear code of as many numbers. */
function pcaErrors(training: PictureSet, shown: Matrix, dimensions: number): number[] {
  const rows = Math.max(2 * dimensions, Math.floor(maxPcaValues / pictureLength(training)));
  const fitted = pca(toMatrix(spread(training, rows)), dimensions);
  return errorsOf(shown, reconstruct(fitted, project(fitted, shown)));
}

/** So many pictures, spread evenly. */
function spread(set: PictureSet, count: number): PictureSet {
  if (set.count <= count) return set;
  return choose(
    set,
    Array.from({ length: count }, (_, i) => Math.floor((i * set.count) / count)),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
