/** Which Relume this is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appRoot } from './paths.ts';

const packageSchema = z.object({ version: z.string() });

export async function appVersion(): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(join(appRoot, 'package.json'), 'utf8'))).version;
}
