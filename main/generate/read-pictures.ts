/** Picture files as a generator takes them. */
import { decode } from '../image/decode.ts';
import { toSquare } from '../image/square.ts';
import type { Generator } from './generator.ts';
import { type PictureSet, pictureLength } from './pictures.ts';

/** Their middle, in the model's size. @throws PictureError */
export async function readPictures({ card }: Generator, paths: readonly string[]): Promise<PictureSet> {
  const { size, channels } = card.recipe;
  const set = { size, channels, count: paths.length, names: paths };
  const values = new Uint8Array(paths.length * pictureLength(set));
  for (const [index, path] of paths.entries()) {
    values.set(
      await toSquare(await decode(path), { size, channels, fit: 'centre' }),
      index * pictureLength(set),
    );
  }
  return { ...set, values };
}
