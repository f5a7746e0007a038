/** The pictures of a run, fixed when it begins, so that resuming it never moves one across the split. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../library/write-file.ts';
import { type Collection, openCollection } from './collection.ts';
import { CollectionError } from './collection-error.ts';
import type { NoisyPaths, Split } from './dataset/split.ts';

const schema = z.object({
  training: z.array(z.string()),
  heldOut: z.array(z.string()),
  noisyPaths: z.record(z.string(), z.string()).optional(),
});

const pathIn = (run: string) => join(run, 'collection.json');

/** @throws CollectionError when there is nothing to train on or to measure on */
export async function writeCollection(
  run: string,
  { training, heldOut }: Split,
  noisyPaths?: NoisyPaths,
): Promise<void> {
  if (training.length === 0 || heldOut.length === 0) {
    throw new CollectionError(
      training.length + heldOut.length === 0
        ? 'No picture of the collection can be used: add pictures, or take some back that were left out.'
        : 'All pictures show nearly the same, so that none can be held out to measure on: add other pictures.',
    );
  }
  await replaceFile(pathIn(run), [JSON.stringify({ training, heldOut, noisyPaths })]);
}

/**
 * The pictures of a run; of a run without a list, those of its folder. Pictures that are gone are left out and named.
 *
 * @throws CollectionError when all of a side are gone
 */
export async function readCollection(run: string, folder: string, minSide: number): Promise<Collection> {
  return (await readList(run, folder)) ?? openCollection(folder, minSide);
}

/**
 * The list of a run's pictures, where there is one.
 *
 * @param folder that the person knows them by
 * @throws CollectionError when all of a side are gone
 */
export async function readList(run: string, folder: string): Promise<Collection | undefined> {
  if (!existsSync(pathIn(run))) return undefined;
  const { training, heldOut, noisyPaths } = schema.parse(JSON.parse(await readFile(pathIn(run), 'utf8')));
  const gone = new Set(
    [...training, ...heldOut].filter((path) => !existsSync(path) || !existsSync(noisyPaths?.[path] ?? path)),
  );
  const present = (paths: readonly string[]) => paths.filter((path) => !gone.has(path));
  const collection = {
    training: present(training),
    heldOut: present(heldOut),
    refused: [...gone].map((path) => ({ path, reason: `${path} is not there any more.` })),
    ...(noisyPaths && { noisyPaths }),
  };
  if (collection.training.length === 0 || collection.heldOut.length === 0) {
    throw new CollectionError(
      `The pictures of ${folder} are not there any more: connect their drive, then resume.`,
    );
  }
  return collection;
}
