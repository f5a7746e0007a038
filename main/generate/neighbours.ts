/** Nearest rows, by trying all. */
import { type Matrix, rowOf } from './matrix.ts';

export interface Neighbour {
  readonly index: number;
  readonly distance: number;
}

/**
 * The nearest rows by Euclidean distance, nearest first.
 *
 * @param except a row to leave out: the query itself
 */
export function nearest(query: Float32Array, among: Matrix, count: number, except = -1): Neighbour[] {
  const found: { index: number; distance: number }[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < among.rows; index++) {
    if (index === except) continue;
    const distance = squaredDistanceBelow(farthest, query, among, index);
    if (distance >= farthest) continue;
    const place = found.findIndex((other) => distance < other.distance);
    found.splice(place < 0 ? found.length : place, 0, { index, distance });
    if (found.length > count) found.pop();
    if (found.length === count) farthest = found.at(-1)?.distance ?? 0;
  }
  return found.map(({ index, distance }) => ({ index, distance: Math.sqrt(distance) }));
}

/** The squared distance of a row, or any number from `limit` on when it is not below that. */
function squaredDistanceBelow(
  limit: number,
  query: Float32Array,
  { columns, values }: Matrix,
  row: number,
): number {
  const first = row * columns;
  let sum = 0;
  for (let i = 0; i < columns && sum < limit; i++) {
    const difference = (query[i] as number) - (values[first + i] as number);
    sum += difference * difference;
  }
  return sum;
}

/** Neighbours that are asked about the class. */
const voters = 10;
/** More queries would take longer for no steadier figure. */
const maxQueries = 1000;

/**
 * How well places tell the class: the share of rows whose class is what most of their ten nearest others are
 * (leave one out), over up to a thousand rows spread evenly.
 */
export function classAgreement(places: Matrix, labels: ArrayLike<number>): number {
  const queries = Math.min(maxQueries, places.rows);
  let right = 0;
  for (let query = 0; query < queries; query++) {
    const row = Math.floor((query * places.rows) / queries);
    const around = nearest(rowOf(places, row), places, voters, row);
    if (mostFrequent(around.map(({ index }) => labels[index] ?? 0)) === labels[row]) right++;
  }
  return right / Math.max(1, queries);
}

/** The value that occurs most often, the first of equals. */
function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[number, number] | undefined>(
    (best, entry) => (best && best[1] >= entry[1] ? best : entry),
    undefined,
  )?.[0];
}
