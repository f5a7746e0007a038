/** Groups of a collection's pictures, and what one has that another has not. */
import type { PictureGroup, RequestOutput } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { direction } from './arithmetic.ts';
import { dot, type Matrix, matrixOf, rowOf, rowsOf } from './matrix.ts';
import type { TrainingCodes } from './training-codes.ts';

/**
 * The direction from one group's mean code to that of the other.
 *
 * @throws {RelumeError} 'empty-group' when a group has no pictures, or both are the rest
 */
export function groupDirection(
  training: TrainingCodes,
  having: PictureGroup,
  without: PictureGroup,
): RequestOutput<'space.direction'> {
  const [places, others] = [placesOf(training, having, without), placesOf(training, without, having)];
  if (places.length === 0 || others.length === 0) {
    const message = 'A direction leads from one group of pictures to another: choose at least one for each.';
    throw new RelumeError({ code: 'empty-group', message });
  }
  const codesAt = (those: readonly number[]) => matrixOf(those.map((place) => rowOf(training.codes, place)));
  const [there, here] = [codesAt(places), codesAt(others)];
  const towards = direction(here, there);
  return {
    direction: [...towards],
    having: places.length,
    without: others.length,
    apart: separation(towards, here, there),
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
