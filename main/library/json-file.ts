/** Small JSON files of the application's own, read with a schema. */
import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeFolder } from './make-folder.ts';
import { replaceFile } from './write-file.ts';

/** What the file holds; undefined when there is none. One that cannot be read is set aside, with its reason told. */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    const aside = `${path}.unreadable`;
    process.stderr.write(`${path} could not be understood, so it was set aside as ${aside}.\n`);
    await rename(path, aside);
    return undefined;
  }
}

export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await makeFolder(dirname(path));
  await replaceFile(path, [`${JSON.stringify(value, undefined, 2)}\n`]);
}

/** @returns undefined for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
