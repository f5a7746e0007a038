/** Pictures that a generator drew, as files: as they are, or enlarged by a model of Restore. */
import type { Drawable } from '../../preload/contract.ts';
import { encode } from '../image/encode.ts';
import { framePicture, pictureSheet } from '../image/frames.ts';
import type { Picture } from '../image/picture.ts';
import { makeFolder } from '../library/make-folder.ts';
import { drawnPictures } from './drawing.ts';
import type { Generator } from './generator.ts';
import { writeNumbered } from './write-numbered.ts';

export interface SaveDrawnParams {
  readonly model: string;
  readonly drawn: readonly Drawable[];
  /** One file a picture, or all in rows of so many pictures in one file. */
  readonly columns?: number | undefined;
  /** A model that enlarges them first. */
  readonly enlarge?: string | undefined;
  /** Made when it is not there. */
  readonly folder: string;
}

/** Makes a picture larger. */
export type Enlarge = (picture: Picture) => Promise<Picture>;

/** Writes PNG files and returns their paths. @throws PictureError */
export async function saveDrawn(
  generator: Generator,
  { drawn, columns, folder }: SaveDrawnParams,
  enlarge: Enlarge | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  await makeFolder(folder);
  const pictures: Picture[] = [];
  for (const each of drawn) {
    signal.throwIfAborted();
    pictures.push(await drawnPicture(generator, each, enlarge));
  }
  const { id } = generator.card;
  if (columns !== undefined) return [await write(folder, `${id}-grid`, pictureSheet(pictures, columns))];
  const files: string[] = [];
  for (const picture of pictures) files.push(await write(folder, `${id}-sample`, picture));
  return files;
}

/** One picture, enlarged where that is asked for. */
export async function drawnPicture(
  generator: Generator,
  drawn: Drawable,
  enlarge: Enlarge | undefined,
): Promise<Picture> {
  const picture = framePicture(generator.toPictures(await drawnPictures(generator, [drawn])), 0);
  return enlarge ? enlarge(picture) : picture;
}

async function write(folder: string, name: string, picture: Picture): Promise<string> {
  const bytes = await encode(picture, name, { format: 'png', quality: 100, stripMetadata: false });
  return writeNumbered(folder, name, 'png', bytes);
}
