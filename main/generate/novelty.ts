/**
 * Whether a sample is new or a copy: its nearest training picture, held against what is usual.
 *
 * Distances are between pictures of 16 pixels a side. How far pictures lie apart differs from place to place (digits
 * one lie close together, portraits far apart), so a distance counts relative to the neighbourhood: novelty is the
 * distance to the nearest training picture over that picture's own distance to its nearest. Held-out pictures, which
 * are new for certain, show which values are usual. What lies farther from every training picture than any of these
 * lies from the others is not new but a failure: the blur of a model that has hardly learnt.
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

/** More training pictures would take longer to hold against the others for no steadier figure. */
const maxAsked = 200;

export class NoveltyMeter {
  readonly #training: Matrix;
  readonly #close: number;
  readonly #farthest: number;

  /**
   * @param training comparable training pictures
   * @param heldOut novelties of held-out pictures, ascending; what is usual is guessed as 1 without any
   */
  constructor(training: Matrix, heldOut: readonly number[]) {
    this.#training = training;
    const apart = heldOut.filter((novelty) => novelty > sameNovelty);
    this.#close = apart[Math.floor(apart.length * closeShare)] ?? 1;
    this.#farthest = farthestApart(training);
  }

  /** @param picture made small in the same way */
  measure(picture: Float32Array): Novelty {
    const { index, distance, novelty } = relativeDistance(picture, this.#training);
    return { nearest: index, distance, novelty, verdict: this.#verdict(distance, novelty) };
  }

  #verdict(distance: number, novelty: number): Verdict {
    if (distance > this.#farthest) return 'unlike';
    if (novelty < this.#close * copiedFactor) return 'copied';
    return novelty < this.#close ? 'close' : 'new';
  }
}

/** The largest distance that one of some training pictures has to its nearest; any is usual where all are the same. */
function farthestApart(training: Matrix): number {
  const asked = Math.min(maxAsked, training.rows);
  const distances = Array.from({ length: asked }, (_, i) => {
    const row = Math.floor((i * training.rows) / asked);
    return nearest(rowOf(training, row), training, 1, row)[0]?.distance ?? 0;
  });
  const farthest = Math.max(...distances);
  return farthest > smallestDistance ? farthest : Number.POSITIVE_INFINITY;
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
  return { new: count('new'), close: count('close'), copied: count('copied'), unlike: count('unlike') };
}
