/** Writes a file that did not exist before: whole or not at all, and never over another. */
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { partialName, sweepPartials } from './partial-files.ts';
import { PictureError } from './picture.ts';

/** At once, or piece by piece; asked for once. */
type Bytes = Uint8Array | Iterable<Uint8Array>;

/**
 * Writes the bytes under the first of the names that is free, and returns that name.
 *
 * The bytes go to a temporary name in the same folder, are flushed, and get their final name only when
 * complete; the temporary file is removed whatever happens, and by the next writer where this process is
 * killed.
 *
 * @param paths names in one folder, in the order of preference
 * @throws PictureError exists when no name is free; disk-full, no-permission, missing (the folder), write-failed
 */
export async function writeNewFile(paths: readonly string[], bytes: Bytes): Promise<string> {
  let path = '';
  let temporary: string | undefined;
  try {
    for (path of paths) {
      temporary ??= await writeTemporary(dirname(path), bytes);
      if (await claim(temporary, path)) return path;
    }
    throw new PictureError('exists', path, `${basename(path)} exists already and is not overwritten.`);
  } catch (error) {
    throw error instanceof PictureError ? error : writingFailed(path, error);
  } finally {
    if (temporary !== undefined) await removeIfThere(temporary);
  }
}

async function writeTemporary(folder: string, bytes: Bytes): Promise<string> {
  await sweepPartials(folder);
  const path = join(folder, partialName());
  const file = await open(path, 'wx');
  try {
    await writeFlushed(file, bytes);
  } catch (error) {
    await removeIfThere(path);
    throw error;
  }
  return path;
}

async function writeFlushed(file: FileHandle, bytes: Bytes): Promise<void> {
  try {
    for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives the temporary file its final name; false when that name is taken. */
async function claim(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!withoutLinks.includes(codeOf(error))) throw error;
    return claimByRename(temporary, path);
  }
}

/** What file systems without hard links (FAT, some network shares) answer. */
const withoutLinks: readonly string[] = [
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
  'EISDIR',
];

/** Where there are no hard links: takes the name with an empty file, then renames over that own file. */
async function claimByRename(temporary: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await removeIfThere(path);
    throw error;
  }
  return true;
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function writingFailed(path: string, error: unknown): PictureError {
  const name = basename(path);
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new PictureError('disk-full', path, `${name} was not written: the disk is full.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new PictureError('no-permission', path, `${name} was not written: its folder does not allow it.`);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new PictureError('missing', path, `${name} was not written: its folder does not exist.`);
  return new PictureError('write-failed', path, `${name} was not written (${code || String(error)}).`);
}
