/** The classes of pictures: from a CSV file, or from the folders they lie in. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readingReason } from '../library/system-reason.ts';
import { CollectionError } from '../train/collection-error.ts';

const rowsSchema = z.array(z.tuple([z.string().min(1), z.string().min(1)]).rest(z.string()));

/** The class of each path; undefined where there is none. */
export type ClassOf = (path: string) => string | undefined;

/**
 * The names of the classes that pictures have. There are none where one picture has none, where all have the same, and
 * where they have hardly anything in common: then the folders mean something else.
 */
export function classesAmong(paths: readonly string[], classOf: ClassOf): string[] {
  const found = paths.map(classOf);
  const names = [...new Set(found)].flatMap((name) => (name === undefined ? [] : [name])).sort();
  return found.includes(undefined) || names.length < 2 || names.length > paths.length / 2 ? [] : names;
}

/** The first folder below `folder` on the way to the picture. */
export function foldersAsClasses(folder: string): ClassOf {
  return (path) => {
    const inside = relative(folder, dirname(path));
    return inside === '' ? undefined : inside.split(sep)[0];
  };
}

/**
 * Rows of file name and class; names are the picture's own, or its path below the folder with slashes.
 *
 * @throws CollectionError when the file cannot be read as such
 */
export async function csvAsClasses(csv: string, folder: string): Promise<ClassOf> {
  const table = await readFile(csv).catch((error: unknown) => {
    throw new CollectionError(`The table ${csv} cannot be read: ${readingReason(error)}.`);
  });
  let classes: Map<string, string>;
  try {
    const rows = rowsSchema.parse(parse(table, { trim: true, skip_empty_lines: true, bom: true }));
    classes = new Map(rows.map(([name, label]) => [name, label]));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new CollectionError(`${csv} is not a table of file names and classes: ${reason}.`);
  }
  return (path) => classes.get(relative(folder, path).split(sep).join('/')) ?? classes.get(basename(path));
}
