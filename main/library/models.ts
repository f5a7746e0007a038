/** The models that can be used: the bundled ones and the person's own, each with its card. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import { type ModelCard, modelCardSchema, type Refused } from '../../preload/contract.ts';
import { RelumeError } from './failure.ts';
import { parseJson } from './json-file.ts';
import { bundledModels, ownModels } from './paths.ts';

/** A model on disk. A bare .onnx file has no card. */
export interface FoundModel {
  readonly id: string;
  readonly card?: ModelCard;
  /** The ONNX file. */
  readonly path: string;
}

export interface ModelShelf {
  readonly models: readonly (FoundModel & { readonly card: ModelCard })[];
  /** Model folders that were set aside, with the reason. */
  readonly refused: readonly Refused[];
}

/** Reads every card, bundled models first. A bad one is set aside; the rest are unaffected. */
export async function readModels(folders = [bundledModels, ownModels()]): Promise<ModelShelf> {
  const models: (FoundModel & { card: ModelCard })[] = [];
  const refused: Refused[] = [];
  for (const folder of (await Promise.all(folders.map(modelFolders))).flat()) {
    try {
      const card = await readCard(folder);
      if (models.some(({ id }) => id === card.id))
        throw damaged(`There is a bundled model "${card.id}" already.`);
      models.push({ id: card.id, card, path: join(folder, 'model.onnx') });
    } catch (error) {
      refused.push({ path: folder, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { models, refused };
}

/**
 * The model with this id, or the .onnx file at this absolute path. Its bytes are not looked at.
 *
 * @throws {RelumeError} 'no-such-model'
 */
export async function findModel(idOrPath: string, folders?: string[]): Promise<FoundModel> {
  if (isAbsolute(idOrPath) && extname(idOrPath).toLowerCase() === '.onnx') {
    const file = await stat(idOrPath).catch(() => undefined);
    if (!file?.isFile()) throw noSuchModel(`There is no model file ${idOrPath}.`);
    return { id: basename(idOrPath), path: idOrPath };
  }
  const { models, refused } = await readModels(folders);
  const model = models.find(({ id }) => id === idOrPath);
  if (!model) {
    const known = models.map(({ id }) => id).join(', ') || 'none';
    const aside = refused.find(({ path }) => basename(path) === idOrPath);
    throw noSuchModel(aside?.reason ?? `There is no model "${idOrPath}"; there are: ${known}.`);
  }
  return model;
}

/**
 * Makes sure that the file is the one its card describes; a bare file has none to be held against.
 *
 * @throws {RelumeError} 'model-damaged'
 */
export async function verifyModel({ card, path }: FoundModel): Promise<void> {
  if (!card) return;
  const bytes = await readFile(path).catch(() => {
    throw damaged(`The model "${card.id}" has no readable file ${path}.`);
  });
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum !== card.sha256)
    throw damaged(`The model "${card.id}" is damaged: ${path} is not the file that its card describes.`);
}

const noSuchModel = (message: string) => new RelumeError({ code: 'no-such-model', message });
const damaged = (message: string) => new RelumeError({ code: 'model-damaged', message });

/** A generator's second network, which tells it from the models of single pictures that it lies beside. */
export const generatorDecoder = 'decoder.onnx';

/** Folders directly inside `folder` that hold a card, but for generators; none when it does not exist. */
async function modelFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name))
    .filter((path) => !existsSync(join(path, generatorDecoder)))
    .sort();
}

async function readCard(folder: string): Promise<ModelCard> {
  const path = join(folder, 'card.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw damaged(`${path} cannot be read.`);
  });
  const card = modelCardSchema.safeParse(parseJson(text));
  if (!card.success) {
    const [issue] = card.error.issues;
    throw damaged(
      `${path} is not a model card: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'bad'}.`,
    );
  }
  if (card.data.id !== basename(folder)) {
    throw damaged(`${path} is the card of "${card.data.id}", not of "${basename(folder)}".`);
  }
  return card.data;
}
