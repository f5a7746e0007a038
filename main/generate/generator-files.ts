/** Generators on disk: a folder with two ONNX files, what is kept of the collection, and card.json. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../library/make-folder.ts';
import { generatorDecoder } from '../library/models.ts';
import { bundledModels, ownModels } from '../library/paths.ts';
import { replaceFile } from '../library/write-file.ts';
import type { GeneratorCard } from './card.ts';
import { type CoderOnnx, loadCoder } from './coder-onnx.ts';
import { Generator } from './generator.ts';
import { damaged, findGenerator } from './generator-shelf.ts';
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
  await makeFolder(folder);
  for (const [name, bytes] of Object.entries(contents)) await replaceFile(join(folder, name), [bytes]);
  const files = Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [name, checksum(bytes)]));
  await replaceFile(join(folder, 'card.json'), [`${JSON.stringify({ ...card, files }, null, 2)}\n`]);
}

/**
 * Loads a generator, after its files were held against the card's checksums.
 *
 * @throws {RelumeError} 'no-such-model', 'model-damaged'
 */
export async function openGenerator(id: string, folders = [bundledModels, ownModels()]): Promise<Generator> {
  const { folder, card } = await findGenerator(id, folders);
  const read = (name: string) => readChecked(folder, name, card);
  const onnx = { encoder: await read(onnxFiles.encoder), decoder: await read(onnxFiles.decoder) };
  const training = decodeTrainingCodes({
    facts: await read(facts),
    codes: await read(codes),
    thumbnails: await read(thumbnails),
  });
  return new Generator(card, await loadCoder(card.recipe, onnx), training);
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
