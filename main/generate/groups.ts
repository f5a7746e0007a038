/** Groups of a collection's pictures, and what one has that another has not. */
import type { PictureGroup, RequestOutput } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { direction } from './arithmetic.ts';
import { dot, type Matrix, matrixOf, rowOf, rowsOf } from './matrix.ts';
import type { TrainingCodes } from './training-codes.ts';

export type GroupDirection = RequestOutput<'space.direction'>;

/**
 * The direction from one group's mean code to that of the other.
 *
 * @throws {RelumeError} 'empty-group' when a group has no pictures, or both are the rest
 */
export function groupDirection(
  training: TrainingCodes,
  having: PictureGroup,
  without: PictureGroup,
): GroupDirection {
  const codesAt = (places: readonly number[]) =>
    matrixOf(places.map((place) => rowOf(training.codes, place)));
  return directionBetween(
    codesAt(placesOf(training, having, without)),
    codesAt(placesOf(training, without, having)),
  );
}

/** The direction from the mean of one group's codes to that of the other. @throws {RelumeError} 'empty-group' */
export function directionBetween(having: Matrix, without: Matrix): GroupDirection {
  if (having.rows === 0 || without.rows === 0) {
    const message = 'A direction leads from one group of pictures to another: choose at least one for each.';
    throw new RelumeError({ code: 'empty-group', message });
  }
  const towards = direction(without, having);
  return {
    direction: [...towards],
    having: having.rows,
    without: without.rows,
    apart: separation(towards, without, having),
  };
}

function placesOf(training: TrainingCodes, group: PictureGroup, other: PictureGroup): number[] {
  const { count, labels } = training.thumbnails;
  const every = Array.from({ length: count }, (_, place) => place);
  if (group === 'rest') {
    if (other === 'rest') return [];
    const taken = new Set(placesOf(training, other, group));
    return every.filter((place) => !taken.has(place));
  }
  if ('pictures' in group) return [...new Set(group.pictures)].filter((place) => place < count);
  return every.filter((place) => labels?.[place] === group.label);
}

/** The mean of the shares of both groups that lie on their own side of the middle between their means. */
function separation(towards: Float32Array, here: Matrix, there: Matrix): number {
  const along = (codes: Matrix) => rowsOf(codes).map((code) => dot(code, towards));
  const [from, to] = [along(here), along(there)];
  const middle = (mean(from) + mean(to)) / 2;
  const share = (values: readonly number[], isRight: (value: number) => boolean) =>
    values.filter(isRight).length / values.length;
  return (share(from, (value) => value < middle) + share(to, (value) => value > middle)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
