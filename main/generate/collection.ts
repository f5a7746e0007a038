/** The pictures of a training run, read, made square, and split. */

import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { GeneratorSource, Recipe, Refused } from '../../preload/contract.ts';
import { decode } from '../image/decode.ts';
import { PictureError } from '../image/picture.ts';
import { type SquareOptions, toSquare } from '../image/square.ts';
import { requirePictures, usablePictures } from '../train/collection.ts';
import { CollectionError } from '../train/collection-error.ts';
import type { Split } from '../train/dataset/split.ts';
import { type ClassOf, classesAmong, csvAsClasses, foldersAsClasses } from './classes.ts';
import { digitClasses, readDigits } from './digits.ts';
import { choose, type PictureSet, pictureLength } from './pictures.ts';
import { SquareCache } from './square-cache.ts';

export interface GeneratorCollection {
  readonly training: PictureSet;
  /** Pictures that training never sees, to measure on. */
  readonly heldOut: PictureSet;
  /** Names of the classes that pictures have; none where they have none. */
  readonly classes: readonly string[];
  readonly refused: readonly Refused[];
}

type Progress = (share: number) => void | Promise<void>;

/** One picture in so many is held out. */
const heldOutShare = 20;

interface Wanted {
  readonly source: GeneratorSource;
  readonly recipe: Pick<Recipe, 'size' | 'channels'>;
  /** Which pictures of the folder, and which side each is on; all of them, by their names, when absent. */
  readonly list?: Split | undefined;
  /** Folder of the run, where squares are kept to go on with. */
  readonly run: string;
}

/**
 * Looks whether there is anything to read at all, which takes no time.
 *
 * @throws CollectionError
 */
export async function requireSource(source: GeneratorSource): Promise<void> {
  if (source.kind === 'digits') return;
  await requirePictures(source.folder);
  if (source.classes) await csvAsClasses(source.classes, source.folder);
}

/** @throws CollectionError when there are fewer than two pictures */
export async function readCollection(
  { source, recipe, list, run }: Wanted,
  signal: AbortSignal,
  progress: Progress = () => {},
): Promise<GeneratorCollection> {
  const { size, channels } = recipe;
  if (source.kind === 'digits') {
    if (size !== 28 || channels !== 1) {
      throw new CollectionError('Digits are grey and 28 pixels a side: train on them with those.');
    }
    return { ...split(await readDigits()), classes: [...digitClasses], refused: [] };
  }
  const { folder, fit } = source;
  const found = list
    ? { paths: [...list.training, ...list.heldOut], refused: [] }
    : await usablePictures(folder, 1);
  const read = await readSquares(found.paths, { size, channels, fit }, run, signal, progress);
  const classOf = source.classes ? await csvAsClasses(source.classes, folder) : foldersAsClasses(folder);
  const { set, classes } = labelled(read.set, read.paths, classOf, folder);
  if (set.count < 2) {
    throw new CollectionError(`${folder} holds ${set.count} usable pictures; training needs at least two.`);
  }
  const chosen = list && new Set(list.heldOut);
  const parts = chosen ? split(set, (place) => chosen.has(read.paths[place] ?? '')) : split(set);
  return { ...parts, classes, refused: [...found.refused, ...read.refused] };
}

/** Reads several at a time: the decoder has threads of its own. */
async function readSquares(
  paths: readonly string[],
  options: SquareOptions,
  run: string,
  signal: AbortSignal,
  progress: Progress,
) {
  const cache = await SquareCache.open(run, options);
  let anew = 0;
  const results = new Map<string, Uint8Array>();
  const refused: Refused[] = [];
  let next = 0;
  const work = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      signal.throwIfAborted();
      try {
        const known = await cache.find(path);
        if (!known) anew += 1;
        results.set(path, known ?? (await toSquare(await decode(path), options)));
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        refused.push({ path, reason: error.message });
      }
      await progress((results.size + refused.length) / paths.length);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const kept = paths.filter((path) => results.has(path));
  const set = { size: options.size, channels: options.channels, count: kept.length, names: kept };
  const values = new Uint8Array(kept.length * pictureLength(set));
  for (const [index, path] of kept.entries()) {
    values.set(results.get(path) ?? new Uint8Array(), index * pictureLength(set));
  }
  const squares = { ...set, values };
  if (anew > 0) await cache.keep(squares, kept);
  return { set: squares, paths: kept, refused };
}

/** Names pictures by their paths below the folder. */
function labelled(set: PictureSet, paths: readonly string[], classOf: ClassOf, folder: string) {
  const names = paths.map((path) => relative(folder, path));
  const classes = classesAmong(paths, classOf);
  if (classes.length === 0) return { set: { ...set, names }, classes };
  const labels = Uint16Array.from(paths, (path) => classes.indexOf(classOf(path) ?? ''));
  return { set: { ...set, names, labels }, classes };
}

function split(
  set: PictureSet,
  // A picture's side follows from its name alone, so it stays there when others come and go.
  isOut: (place: number) => boolean = (place) => isHeldOut(set.names[place] ?? ''),
): { training: PictureSet; heldOut: PictureSet } {
  const places = Array.from({ length: set.count }, (_, place) => place);
  const chosen = places.filter(isOut);
  const heldOut = new Set(chosen.length > 0 && chosen.length < set.count ? chosen : [0]);
  return {
    training: choose(
      set,
      places.filter((place) => !heldOut.has(place)),
    ),
    heldOut: choose(set, [...heldOut]),
  };
}

function isHeldOut(name: string): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() % heldOutShare === 0;
}
