/** The pictures that a command is given, with the sub-folders they lie in. */
import { stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { Refused } from '../../preload/contract.ts';
import { findPictures } from '../library/find-pictures.ts';
import { pictureFiles } from '../library/picture-files.ts';

export interface NamedPicture {
  readonly path: string;
  /** Folder below the one that was named, to be mirrored in the output; '' when it lies directly in it. */
  readonly subfolder: string;
}

/** @throws {RelumeError} 'no-folder' when a folder cannot be searched */
export async function namedPictures(
  paths: readonly string[],
  recursive: boolean,
): Promise<{ files: NamedPicture[]; refused: readonly Refused[] }> {
  if (!recursive) {
    const { files, refused } = await pictureFiles(paths);
    return { files: files.map((path) => ({ path, subfolder: '' })), refused };
  }
  const files: NamedPicture[] = [];
  for (const named of paths) {
    const isFolder = await stat(named).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    const found = isFolder ? await findPictures([named]) : [named];
    for (const path of found) {
      files.push({ path, subfolder: isFolder ? relative(named, dirname(path)) : '' });
    }
  }
  return { files, refused: [] };
}
