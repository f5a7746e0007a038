/** Pictures that the person keeps of what a model draws: their codes, from which it draws them again. */
import { join } from 'node:path';
import { z } from 'zod';
import { type KeptPicture, keptPictureSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from '../library/json-file.ts';
import { keptFolder } from '../library/paths.ts';
import { findGenerator, versionOf } from './generator-shelf.ts';

const fileSchema = z.object({ version: z.string(), pictures: z.array(keptPictureSchema) });
const fileOf = (model: string) => join(keptFolder(), `${model}.json`);

/**
 * In the person's order. Codes of another model that had its name before mean nothing to this one.
 *
 * @throws {RelumeError} 'no-such-model', 'model-damaged'
 */
export async function readKept(model: string): Promise<KeptPicture[]> {
  const { card } = await findGenerator(model);
  const kept = await readJsonFile(fileOf(card.id), fileSchema);
  return kept?.version === versionOf(card) ? kept.pictures : [];
}

/** Keeps these, and lets go of all others. @throws {RelumeError} 'no-such-model', 'model-damaged' */
export async function writeKept(model: string, pictures: readonly KeptPicture[]): Promise<void> {
  const { card } = await findGenerator(model);
  await writeJsonFile(fileOf(card.id), { version: versionOf(card), pictures });
}
