/** The generators there are, by their cards. Their networks are not looked at. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Refused } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { generatorDecoder } from '../library/models.ts';
import { bundledModels, ownModels } from '../library/paths.ts';
import { type GeneratorCard, generatorCardSchema } from './card.ts';

/** A generator's folder, with what its card says. */
export interface ShelvedGenerator {
  readonly folder: string;
  readonly card: GeneratorCard;
}

/** Every generator, bundled ones first; a damaged card is set aside with its reason. */
export async function listGenerators(folders = [bundledModels, ownModels()]) {
  const cards: GeneratorCard[] = [];
  const refused: Refused[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder).catch(() => [])).sort()) {
      const path = join(folder, name);
      if (!existsSync(join(path, generatorDecoder))) continue;
      const card = await readCard(path);
      if (typeof card === 'string') refused.push({ path, reason: card });
      else cards.push(card);
    }
  }
  return { cards, refused };
}

/** @throws {RelumeError} 'no-such-model', 'model-damaged' */
export async function findGenerator(
  id: string,
  folders = [bundledModels, ownModels()],
): Promise<ShelvedGenerator> {
  const folder = folders.map((each) => join(each, id)).find((path) => existsSync(join(path, 'card.json')));
  if (folder === undefined || basename(folder) !== id) {
    const known = (await listGenerators(folders)).cards.map((card) => card.id).join(', ') || 'none';
    const message = `There is no generator "${id}"; there are: ${known}.`;
    throw new RelumeError({ code: 'no-such-model', message });
  }
  const card = await readCard(folder);
  if (typeof card === 'string') throw damaged(card);
  return { folder, card };
}

/** What tells this model from another that had its name before. */
export function versionOf({ files }: GeneratorCard): string {
  return (files[generatorDecoder] ?? '').slice(0, 12);
}

/** The card, or what is wrong with it. */
async function readCard(folder: string): Promise<GeneratorCard | string> {
  const path = join(folder, 'card.json');
  try {
    const card = generatorCardSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return card.id === basename(folder) ? card : `${path} is the card of "${card.id}".`;
  } catch (error) {
    return `${path} cannot be read as a generator's card: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export const damaged = (message: string) => new RelumeError({ code: 'model-damaged', message });
