/** The pictures of a collection as a generator keeps them. */
import type { LearntPicture } from '../../preload/contract.ts';
import { sheetPng } from '../image/frames.ts';
import { RelumeError } from '../library/failure.ts';
import type { Generator } from './generator.ts';
import { rowOf } from './matrix.ts';
import { nearest } from './neighbours.ts';
import { choose } from './pictures.ts';

/** @throws {RelumeError} 'no-such-picture' */
export function learntPictures({ training, card }: Generator, places: readonly number[]): LearntPicture[] {
  const { names, labels, count } = training.thumbnails;
  refuseBeyond(count, places);
  const conditional = card.recipe.classes.length > 0;
  return places.map((index) => {
    const label = labels?.[index];
    const code = [...rowOf(training.codes, index)];
    return {
      index,
      name: names[index] ?? String(index),
      ...(label !== undefined && { label }),
      drawable: { code, ...(conditional && label !== undefined && { label }) },
    };
  });
}

/** Names of the collection's classes: those that it was trained with, or that their labels stand for. */
export function classNames({ training, card }: Generator): readonly string[] {
  const { classes = card.recipe.classes, thumbnails } = training;
  const count = thumbnails.labels?.reduce((most, label) => Math.max(most, label + 1), 0) ?? 0;
  return Array.from({ length: count }, (_, label) => classes[label] ?? String(label));
}

/** The collection's classes with how many pictures each has. */
export function collectionClasses(generator: Generator): { name: string; pictures: number }[] {
  const counted = classNames(generator).map((name) => ({ name, pictures: 0 }));
  for (const label of generator.training.thumbnails.labels ?? []) {
    const known = counted[label];
    if (known) known.pictures += 1;
  }
  return counted;
}

/** Places of the pictures whose codes are nearest to one of them. @throws {RelumeError} 'no-such-picture' */
export function similarPictures({ training }: Generator, index: number, count: number): number[] {
  const { codes, thumbnails } = training;
  refuseBeyond(thumbnails.count, [index]);
  return nearest(rowOf(codes, index), codes, count, index).map((neighbour) => neighbour.index);
}

/** PNG of thumbnails in rows. @throws {RelumeError} 'no-such-picture' */
export function thumbnailSheet(
  { training }: Generator,
  places: readonly number[],
  columns: number,
): Promise<Uint8Array> {
  refuseBeyond(training.thumbnails.count, places);
  return sheetPng(choose(training.thumbnails, places), columns, { fast: true });
}

function refuseBeyond(count: number, places: readonly number[]): void {
  if (places.every((place) => place < count)) return;
  throw new RelumeError({ code: 'no-such-picture', message: 'The collection has no such picture.' });
}
