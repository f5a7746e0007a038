/**
 * Whether a sample is new or a copy: its nearest training picture, held against what is usual.
 *
 * Distances are between pictures of 16 pixels a side. How far pictures lie apart differs from place to place (digits
 * one lie close together, portraits far apart), so a distance counts relative to the neighbourhood: novelty is the
 * distance to the nearest training picture over that picture's own distance to its nearest. Held-out pictures, which
 * are new for certain, show which values are usual.
 */
import type { NoveltyVerdict } from '../../preload/contract.ts';
import { type Matrix, rowOf } from './matrix.ts';
import { nearest } from './neighbours.ts';

export type Verdict = NoveltyVerdict;

export interface Novelty {
  /** The nearest training picture, as its place in the collection. */
  readonly nearest: number;
  /** Euclidean, of pictures made small. */
  readonly distance: number;
  /** Relative to the neighbourhood. */
  readonly novelty: number;
  readonly verdict: Verdict;
}

/** Share of held-out pictures that lie nearer to training pictures than what is called new. */
const closeShare = 0.05;
/** A held-out picture this near is in the collection twice, and shows nothing of what is usual. */
const sameNovelty = 0.1;
/** What is this much nearer still was not drawn but copied. */
const copiedFactor = 0.5;

export class NoveltyMeter {
  readonly #training: Matrix;
  readonly #close: number;

  /**
   * @param training comparable training pictures
   * @param heldOut novelties of held-out pictures, ascending; what is usual is guessed as 1 without any
   */
  constructor(training: Matrix, heldOut: readonly number[]) {
    this.#training = training;
    const apart = heldOut.filter((novelty) => novelty > sameNovelty);
    this.#close = apart[Math.floor(apart.length * closeShare)] ?? 1;
  }

  /** @param picture made small in the same way */
  measure(picture: Float32Array): Novelty {
    const { index, distance, novelty } = relativeDistance(picture, this.#training);
    const copied = novelty < this.#close * copiedFactor;
    const verdict = copied ? 'copied' : novelty < this.#close ? 'close' : 'new';
    return { nearest: index, distance, novelty, verdict };
  }
}

/** Novelties of pictures that training has not seen, ascending. */
export function usualNovelties(training: Matrix, heldOut: Matrix): number[] {
  return Array.from(
    { length: heldOut.rows },
    (_, row) => relativeDistance(rowOf(heldOut, row), training).novelty,
  ).sort((a, b) => a - b);
}

function relativeDistance(picture: Float32Array, training: Matrix) {
  const [found] = nearest(picture, training, 1);
  if (!found) throw new RangeError('Expected at least one training picture.');
  const [next] = nearest(rowOf(training, found.index), training, 1, found.index);
  // Twice the same picture in a collection is no measure of its neighbourhood.
  const neighbourhood = Math.max(next?.distance ?? 0, smallestDistance);
  return { ...found, novelty: found.distance / neighbourhood };
}

const smallestDistance = 0.05;

/** How many of a batch are of each kind. */
export function summary(batch: readonly Pick<Novelty, 'verdict'>[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => batch.filter((each) => each.verdict === verdict).length;
  return { new: count('new'), close: count('close'), copied: count('copied') };
}
