/** Codes of picture files. One bad file never stops the rest. */
import { basename } from 'node:path';
import type { RequestOutput } from '../../preload/contract.ts';
import { PictureError } from '../image/picture.ts';
import { toMatrix } from './finish.ts';
import type { Generator } from './generator.ts';
import { readPictures } from './read-pictures.ts';

type Encoded = RequestOutput<'space.encode'>;

export async function encodeFiles(
  generator: Generator,
  paths: readonly string[],
  label?: number,
): Promise<Encoded> {
  const pictures: Encoded['pictures'] = [];
  const refused: Encoded['refused'] = [];
  for (const path of paths) {
    try {
      const shown = toMatrix(await readPictures(generator, [path]));
      const { values } = await generator.coder.encode(shown, label === undefined ? [] : [label]);
      pictures.push({
        name: basename(path),
        drawable: { code: [...values], ...(label !== undefined && { label }) },
      });
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      refused.push({ path, reason: error.message });
    }
  }
  return { pictures, refused };
}
