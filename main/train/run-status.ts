/** How a run stands, and what is asked of it: small files that any process may read. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type RunStatus, runStatusSchema } from '../../preload/contract.ts';
import { replaceFile } from '../library/write-file.ts';

const statusPath = (folder: string) => join(folder, 'status.json');
const requestPath = (folder: string) => join(folder, 'request.json');

export async function writeStatus(folder: string, status: RunStatus): Promise<void> {
  await replaceFile(statusPath(folder), [`${JSON.stringify(status)}\n`]);
}

/** Undefined when the run never came to its first step, or its file is damaged. */
export async function readStatus(folder: string): Promise<RunStatus | undefined> {
  const text = await readFile(statusPath(folder), 'utf8').catch(() => '');
  return parsed(runStatusSchema, text);
}

const requestSchema = z.object({ ask: z.enum(['pause', 'stop']) });
export type RunRequest = z.infer<typeof requestSchema>['ask'];

/** Asks the process that trains the run to pause it, or to stop it and keep the best. */
export async function ask(folder: string, request: RunRequest): Promise<void> {
  await replaceFile(requestPath(folder), [JSON.stringify({ ask: request })]);
}

/** What is asked of this run; asked once. */
export async function takeRequest(folder: string): Promise<RunRequest | undefined> {
  const path = requestPath(folder);
  if (!existsSync(path)) return undefined;
  const request = parsed(requestSchema, await readFile(path, 'utf8').catch(() => ''));
  await rm(path, { force: true });
  return request?.ask;
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
