/** The 63,000 digits that lie beside the repository, 28 x 28, as generators take them. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { z } from 'zod';
import type { PictureSet } from '../../main/generate/pictures.ts';
import { sharedPictures } from '../shared-pictures.ts';

const perFile = 3000;
const pixels = 28 * 28;

/** The digits of the files from the first to the last: 0..19 are for training, 20 for testing. */
export async function sharedDigits(first: number, last: number): Promise<PictureSet> {
  const folder = `${sharedPictures}mnist/`;
  const labels = z.array(z.number()).parse(JSON.parse(await readFile(`${folder}labels.json`, 'utf8')));
  const count = (last - first + 1) * perFile;
  const values = new Uint8Array(count * pixels);
  for (let file = first; file <= last; file++) {
    const path = `${folder}batch_${String(file).padStart(2, '0')}.png`;
    const rows = await sharp(path).toColourspace('b-w').raw().toBuffer();
    values.set(rows, (file - first) * perFile * pixels);
  }
  return {
    size: 28,
    channels: 1,
    count,
    values,
    labels: Uint16Array.from(labels.slice(first * perFile, first * perFile + count)),
    names: Array.from({ length: count }, (_, i) => `${first * perFile + i}`),
  };
}
