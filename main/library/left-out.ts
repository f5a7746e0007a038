/** Which pictures of a collection the person leaves out or takes back, kept until the same is opened again. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { CollectionPurpose } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { collectionsFolder } from './paths.ts';

/** Whether a picture is left out, by its path; pictures that nothing was said of are absent. */
export type LeftOut = ReadonlyMap<string, boolean>;

/** The files and folders that a collection was opened with, and for what. */
interface CollectionKey {
  readonly paths: readonly string[];
  readonly purpose: CollectionPurpose;
}

const fileSchema = z.object({ paths: z.array(z.string()), leftOut: z.record(z.string(), z.boolean()) });

export async function readLeftOut(key: CollectionKey): Promise<LeftOut> {
  const kept = await readJsonFile(fileOf(key), fileSchema);
  return new Map(Object.entries(kept?.leftOut ?? {}));
}

export function writeLeftOut(key: CollectionKey, leftOut: LeftOut): Promise<void> {
  return writeJsonFile(fileOf(key), { paths: key.paths, leftOut: Object.fromEntries(leftOut) });
}

/** The order in which they were named says nothing. */
function fileOf({ paths, purpose }: CollectionKey): string {
  const hash = createHash('sha256').update(JSON.stringify([purpose, [...paths].sort()]));
  return join(collectionsFolder(), `${hash.digest('hex').slice(0, 32)}.json`);
}
