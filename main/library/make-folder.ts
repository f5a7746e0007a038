/** Folders that a person names, for results or for everything. */
import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RelumeError } from './failure.ts';
import { home } from './paths.ts';
import { writingReason } from './system-reason.ts';

/** Makes a folder with those above it, where there is none. @throws {RelumeError} 'no-folder' with the reason */
export async function makeFolder(folder: string): Promise<void> {
  await makeWithAbove(resolve(folder)).catch((error: NodeJS.ErrnoException) => {
    // Those above it are there by now.
    const reason = error.code === 'ENOENT' ? 'none can be made there' : writingReason(error);
    const message = `The folder ${folder} cannot be made: ${reason}.`;
    throw new RelumeError({ code: 'no-folder', message });
  });
}

/** Makes the folder for everything that Relume keeps. @throws {RelumeError} 'no-folder' with the reason and a way out */
export async function makeHome(): Promise<void> {
  await makeFolder(home()).catch((error: RelumeError) => {
    const message = `${error.message} Relume keeps its models, runs and settings there; set RELUME_HOME to another.`;
    throw new RelumeError({ code: error.code, message });
  });
}

/**
 * One folder after the other: Node's own `recursive` never ends where a system says of a folder that may not be made
 * that it does not exist, as Linux does below /proc (Node 20).
 */
async function makeWithAbove(folder: string): Promise<void> {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder && !existsSync(above)) await makeWithAbove(above);
  await mkdir(folder).catch((error: unknown) => {
    // Another process may have made it in the meantime.
    if (!isFolder(folder)) throw error;
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
