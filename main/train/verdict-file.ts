/** Where a run's verdict lies. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Verdict, verdictSchema } from '../../preload/contract.ts';

export const verdictPath = (folder: string): string => join(folder, 'verdict.json');

/** Undefined while there is none, or when its file is damaged: it is made anew with the next training. */
export async function readVerdict(folder: string): Promise<Verdict | undefined> {
  const text = await readFile(verdictPath(folder), 'utf8').catch(() => '');
  try {
    return verdictSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
