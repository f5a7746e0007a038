/** The photos of a training run: found, checked by their headers, and split. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isPictureName, type Refused } from '../../preload/contract.ts';
import { pictureSize } from '../image/decode.ts';
import { PictureError } from '../image/picture.ts';
import { readingReason } from '../library/system-reason.ts';
import { CollectionError } from './collection-error.ts';
import type { NoisyPaths } from './dataset/split.ts';

export interface Collection {
  readonly training: readonly string[];
  /** Photos that training never sees, to measure on. */
  readonly heldOut: readonly string[];
  readonly refused: readonly Refused[];
  readonly noisyPaths?: NoisyPaths;
}

/** One photo in so many is held out. */
const heldOutShare = 20;

/**
 * The photos to train on and to measure on.
 *
 * A photo's side of the split follows from its name alone, so it stays there when others come and go.
 *
 * @throws CollectionError when fewer than two photos can be used
 */
export async function openCollection(folder: string, minSide: number): Promise<Collection> {
  const { paths, refused } = await usablePictures(folder, minSide);
  if (paths.length < 2) {
    throw new CollectionError(`${folder} holds ${paths.length} usable photos; training needs at least two.`);
  }
  const chosen = paths.filter(isHeldOut);
  const heldOut = chosen.length > 0 && chosen.length < paths.length ? chosen : paths.slice(0, 1);
  return { training: paths.filter((path) => !heldOut.includes(path)), heldOut, refused };
}

/** Every picture in the folder and below it whose sides are at least `minSide` pixels. */
export async function usablePictures(folder: string, minSide: number) {
  const paths: string[] = [];
  const refused: Refused[] = [];
  for (const path of await picturesBelow(folder)) {
    const reason = await unusable(path, minSide);
    if (reason === undefined) paths.push(path);
    else refused.push({ path, reason });
  }
  return { paths, refused };
}

/** @throws CollectionError when the folder cannot be read, or holds no picture */
export async function requirePictures(folder: string): Promise<void> {
  const paths = await picturesBelow(folder);
  if (paths.length === 0) throw new CollectionError(`There are no pictures in ${folder} or below it.`);
}

async function picturesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    throw new CollectionError(`The folder ${folder} cannot be read: ${readingReason(error)}.`);
  });
  return entries
    .filter((entry) => !entry.isDirectory() && isPictureName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function unusable(path: string, minSide: number): Promise<string | undefined> {
  try {
    const { width, height } = await pictureSize(path);
    if (Math.min(width, height) >= minSide) return undefined;
    return `${basename(path)} is ${width} x ${height} pixels; at least ${minSide} a side are needed.`;
  } catch (error) {
    if (error instanceof PictureError) return error.message;
    throw error;
  }
}

function isHeldOut(path: string): boolean {
  return createHash('sha256').update(basename(path)).digest().readUInt32BE() % heldOutShare === 0;
}
