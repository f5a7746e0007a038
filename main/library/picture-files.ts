/** Which files are meant when a person names files and folders. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPictureName, type Refused } from '../../preload/contract.ts';

export interface PictureFiles {
  readonly files: readonly string[];
  readonly refused: readonly Refused[];
}

/** The files themselves, and the pictures directly inside the folders, by name. Nothing is read yet. */
export async function pictureFiles(paths: readonly string[]): Promise<PictureFiles> {
  const files: string[] = [];
  const refused: Refused[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) {
      files.push(path);
      continue;
    }
    const inside = await picturesInside(path);
    if (typeof inside === 'string') refused.push({ path, reason: inside });
    else files.push(...inside);
  }
  return { files, refused };
}

// Whatever else is wrong with a path is said by the one who reads the file.
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

/** The pictures in a folder, or why there are none. */
async function picturesInside(folder: string): Promise<string[] | string> {
  try {
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .filter(isPictureName)
      .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    return names.length
      ? names.map((name) => join(folder, name))
      : `There are no pictures directly in ${folder}.`;
  } catch {
    return `The folder ${folder} cannot be read: permission is missing.`;
  }
}
