/** The pictures of a training run, read, made square, and split. */

import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { Refused } from '../../preload/contract.ts';
import { decode } from '../image/decode.ts';
import { PictureError } from '../image/picture.ts';
import { type SquareOptions, toSquare } from '../image/square.ts';
import { CollectionError, usablePictures } from '../train/collection.ts';
import { type ClassOf, csvAsClasses, foldersAsClasses } from './classes.ts';
import { digitClasses, readDigits } from './digits.ts';
import { choose, type PictureSet, pictureLength } from './pictures.ts';
import type { Recipe } from './recipe.ts';
import type { Source } from './source.ts';

export interface GeneratorCollection {
  readonly training: PictureSet;
  /** Pictures that training never sees, to measure on. */
  readonly heldOut: PictureSet;
  /** Names of the classes that pictures have; none where they have none. */
  readonly classes: readonly string[];
  readonly refused: readonly Refused[];
}

type Wanted = Pick<Recipe, 'size' | 'channels'>;

/** One picture in so many is held out. */
const heldOutShare = 20;

/** @throws CollectionError when there are fewer than two pictures */
export async function readCollection(
  source: Source,
  wanted: Wanted,
  signal: AbortSignal,
  progress: (share: number) => void = () => {},
): Promise<GeneratorCollection> {
  if (source.kind === 'digits') {
    if (wanted.size !== 28 || wanted.channels !== 1) {
      throw new CollectionError('Digits are grey and 28 pixels a side: train on them with those.');
    }
    return { ...split(await readDigits()), classes: [...digitClasses], refused: [] };
  }
  const { folder, fit } = source;
  const { paths, refused } = await usablePictures(folder, 1);
  const read = await readSquares(paths, { ...wanted, fit }, signal, progress);
  const classOf = source.classes ? await csvAsClasses(source.classes, folder) : foldersAsClasses(folder);
  const { set, classes } = labelled(read.set, read.paths, classOf, folder);
  if (set.count < 2) {
    throw new CollectionError(`${folder} holds ${set.count} usable pictures; training needs at least two.`);
  }
  return { ...split(set), classes, refused: [...refused, ...read.refused] };
}

/** Reads several at a time: the decoder has threads of its own. */
async function readSquares(
  paths: readonly string[],
  options: SquareOptions,
  signal: AbortSignal,
  progress: (share: number) => void,
) {
  const results = new Map<string, Uint8Array>();
  const refused: Refused[] = [];
  let next = 0;
  const work = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      signal.throwIfAborted();
      try {
        results.set(path, await toSquare(await decode(path), options));
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        refused.push({ path, reason: error.message });
      }
      progress((results.size + refused.length) / paths.length);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const kept = paths.filter((path) => results.has(path));
  const set = { size: options.size, channels: options.channels, count: kept.length, names: kept };
  const values = new Uint8Array(kept.length * pictureLength(set));
  for (const [index, path] of kept.entries()) {
    values.set(results.get(path) ?? new Uint8Array(), index * pictureLength(set));
  }
  return { set: { ...set, values }, paths: kept, refused };
}

/** Names pictures by their paths below the folder. Classes only where every picture has one, and not all the same. */
function labelled(set: PictureSet, paths: readonly string[], classOf: ClassOf, folder: string) {
  const names = paths.map((path) => relative(folder, path));
  const found = paths.map(classOf);
  const classes = [...new Set(found)].sort().flatMap((name) => (name === undefined ? [] : [name]));
  if (found.includes(undefined) || classes.length < 2) return { set: { ...set, names }, classes: [] };
  const labels = Uint16Array.from(found, (name) => classes.indexOf(name ?? ''));
  return { set: { ...set, names, labels }, classes };
}

/** A picture's side follows from its name alone, so it stays there when others come and go. */
function split(set: PictureSet): { training: PictureSet; heldOut: PictureSet } {
  const places = Array.from({ length: set.count }, (_, place) => place);
  const chosen = places.filter((place) => isHeldOut(set.names[place] ?? ''));
  const heldOut = chosen.length > 0 && chosen.length < set.count ? chosen : [0];
  const isOut = new Set(heldOut);
  return {
    training: choose(
      set,
      places.filter((place) => !isOut.has(place)),
    ),
    heldOut: choose(set, heldOut),
  };
}

function isHeldOut(name: string): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() % heldOutShare === 0;
}
