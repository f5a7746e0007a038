/** Saves a restored picture as a new file. */
import { access } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import { type EncodeOptions, refuseUnfit, saveTiled } from '../image/encode.ts';
import { keptFormat } from '../image/kept-format.ts';
import { PictureError } from '../image/picture.ts';
import type { Scratch } from '../image/scratch.ts';
import type { PictureShape, TiledPicture } from '../image/tiled-picture.ts';
import { type OutputRequest, outputNames } from './output-name.ts';

export interface SaveCopyOptions
  extends Omit<OutputRequest, 'kept' | 'facts'>,
    Pick<EncodeOptions, 'quality' | 'chroma' | 'stripMetadata'> {
  /** Ids or files of the models that were used, for the name. */
  readonly models: readonly string[];
}

/**
 * Encodes and writes a copy; never overwrites.
 *
 * @returns the file written
 * @throws PictureError as `saveTiled` does
 */
export async function saveCopy(
  source: PictureShape,
  result: TiledPicture,
  options: SaveCopyOptions,
  scratch: Scratch,
): Promise<string> {
  const { format, paths } = named(source, result, options);
  return saveTiled(result, paths, { ...options, format }, scratch);
}

/**
 * Refuses what the format of the copy cannot hold, before any work is spent on it.
 *
 * @param result as large as the result will be
 * @throws PictureError too-large
 */
export function refuseUnfitCopy(source: PictureShape, result: Size, options: SaveCopyOptions): void {
  const { format, paths } = named(source, result, options);
  refuseUnfit(result, paths[0] ?? '', format);
}

type Size = Pick<PictureShape, 'width' | 'height'>;

function named(source: PictureShape, { width, height }: Size, options: SaveCopyOptions) {
  const scale = Math.round((100 * width) / source.width) / 100;
  const facts = { model: options.models.map(modelName).join('-'), scale, width, height };
  return outputNames({ ...options, kept: keptFormat(source), facts });
}

/** A model's id; of a file 'ID/model.onnx' the folder's name, of any other its own. */
function modelName(model: string): string {
  const { dir, name, ext } = parse(model);
  if (ext.toLowerCase() !== '.onnx') return model;
  return name === 'model' && dir !== '' ? basename(dir) : name;
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
