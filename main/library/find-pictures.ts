/** The picture files that a person means by naming files and folders. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPictureName } from '../../preload/contract.ts';
import { RelumeError } from './failure.ts';

/**
 * The files themselves, and every picture in the folders and below them, each once.
 *
 * @throws {RelumeError} 'no-folder' when a path does not exist or a folder cannot be read
 */
export async function findPictures(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) for (const file of await picturesAt(path)) found.add(file);
  return [...found];
}

async function picturesAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => !entry.isDirectory() && isPictureName(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    throw new RelumeError({ code: 'no-folder', message: `${path} ${reasonOf(error)}` });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist, or its drive is not connected.';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission was denied.';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}
