/** Saves a restored picture as a new file. */
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { type EncodeOptions, savePicture } from '../image/encode.ts';
import { type Picture, PictureError } from '../image/picture.ts';
import { blend } from './blend.ts';
import { type OutputRequest, outputNames } from './output-name.ts';

export interface SaveCopyOptions
  extends Omit<OutputRequest, 'sourceFormat'>,
    Pick<EncodeOptions, 'quality' | 'stripMetadata'> {
  /** Blend between the source (0) and the result (100). */
  readonly strength: number;
}

/**
 * Blends, encodes and writes a copy; never overwrites.
 *
 * @returns the file written
 * @throws PictureError as `savePicture` does
 */
export async function saveCopy(source: Picture, result: Picture, options: SaveCopyOptions): Promise<string> {
  const { format, paths } = outputNames({ ...options, sourceFormat: source.format });
  return savePicture(blend(source, result, options.strength), paths, { ...options, format });
}

/**
 * Refuses an exact output that exists, before any work is spent on it.
 *
 * @throws PictureError exists
 */
export async function refuseTaken(output: string): Promise<void> {
  const taken = await access(output).then(
    () => true,
    () => false,
  );
  if (taken)
    throw new PictureError('exists', output, `${basename(output)} exists already and is not overwritten.`);
}
