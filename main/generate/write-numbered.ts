import { join } from 'node:path';
import { writeNewFile } from '../image/write-new-file.ts';

const mostOfOneName = 1000;

/** Writes a file, numbered where the name is taken: nothing is ever overwritten. @throws PictureError */
export function writeNumbered(
  folder: string,
  name: string,
  extension: string,
  bytes: Uint8Array,
): Promise<string> {
  const names = Array.from({ length: mostOfOneName }, (_, i) =>
    join(folder, `${name}${i ? `-${i + 1}` : ''}.${extension}`),
  );
  return writeNewFile(names, bytes);
}
