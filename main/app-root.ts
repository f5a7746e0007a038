/** The folder that holds package.json: the repository, or resources/app in a packaged application. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const appRoot = findAppRoot(dirname(fileURLToPath(import.meta.url)));

/** @throws {Error} when no folder above `start` holds a package.json */
function findAppRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${start}.`);
    folder = parent;
  }
  return folder;
}
