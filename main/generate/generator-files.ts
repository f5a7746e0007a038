/** Generators on disk: a folder with two ONNX files, what is kept of the collection, and card.json. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Refused } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { generatorDecoder } from '../library/models.ts';
import { bundledModels, ownModels } from '../library/paths.ts';
import { replaceFile } from '../library/write-file.ts';
import { type GeneratorCard, generatorCardSchema } from './card.ts';
import { type CoderOnnx, loadCoder } from './coder-onnx.ts';
import { Generator } from './generator.ts';
import {
  decodeTrainingCodes,
  encodeTrainingCodes,
  type TrainingCodes,
  trainingCodesFiles,
} from './training-codes.ts';

const onnxFiles = { encoder: 'encoder.onnx', decoder: generatorDecoder } as const;
const { facts, codes, thumbnails } = trainingCodesFiles;

/** Writes card.json last: a folder without a card is no model yet. */
export async function writeGenerator(
  folder: string,
  card: Omit<GeneratorCard, 'files'>,
  onnx: CoderOnnx,
  training: TrainingCodes,
): Promise<void> {
  const kept = encodeTrainingCodes(training);
  const contents = {
    [onnxFiles.encoder]: onnx.encoder,
    [onnxFiles.decoder]: onnx.decoder,
    [facts]: kept.facts,
    [codes]: kept.codes,
    [thumbnails]: kept.thumbnails,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(contents)) await replaceFile(join(folder, name), [bytes]);
  const files = Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [name, checksum(bytes)]));
  await replaceFile(join(folder, 'card.json'), [`${JSON.stringify({ ...card, files }, null, 2)}\n`]);
}

/** Every generator, bundled ones first; a damaged card is set aside with its reason. */
export async function listGenerators(folders = [bundledModels, ownModels()]) {
  const cards: GeneratorCard[] = [];
  const refused: Refused[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder).catch(() => [])).sort()) {
      const path = join(folder, name);
      if (!existsSync(join(path, onnxFiles.decoder))) continue;
      const card = await readCard(path);
      if (typeof card === 'string') refused.push({ path, reason: card });
      else cards.push(card);
    }
  }
  return { cards, refused };
}

/**
 * Loads a generator, after its files were held against the card's checksums.
 *
 * @throws {RelumeError} 'no-such-model', 'model-damaged'
 */
export async function openGenerator(id: string, folders = [bundledModels, ownModels()]): Promise<Generator> {
  const folder = folders.map((each) => join(each, id)).find((path) => existsSync(join(path, 'card.json')));
  if (folder === undefined || basename(folder) !== id) {
    const known = (await listGenerators(folders)).cards.map((card) => card.id).join(', ') || 'none';
    const message = `There is no generator "${id}"; there are: ${known}.`;
    throw new RelumeError({ code: 'no-such-model', message });
  }
  const card = await readCard(folder);
  if (typeof card === 'string') throw damaged(card);
  const read = (name: string) => readChecked(folder, name, card);
  const onnx = { encoder: await read(onnxFiles.encoder), decoder: await read(onnxFiles.decoder) };
  const training = decodeTrainingCodes({
    facts: await read(facts),
    codes: await read(codes),
    thumbnails: await read(thumbnails),
  });
  return new Generator(card, await loadCoder(card.recipe, onnx), training);
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

async function readChecked(folder: string, name: string, card: GeneratorCard): Promise<Uint8Array> {
  const path = join(folder, name);
  const bytes = await readFile(path).catch(() => {
    throw damaged(`The model "${card.id}" has no readable file ${path}.`);
  });
  if (checksum(bytes) === card.files[name]) return bytes;
  throw damaged(`The model "${card.id}" is damaged: ${path} is not the file that its card describes.`);
}

function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const damaged = (message: string) => new RelumeError({ code: 'model-damaged', message });
