/** Adding to the person's own models, and removing from them. */
import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '../../preload/contract.ts';
import { RelumeError } from './failure.ts';
import { findModel, readModels } from './models.ts';
import { ownModels } from './paths.ts';

/**
 * An id that no model has, made of a name: "4x Sharp (new)" becomes 4x-sharp-new, and 4x-sharp-new-2 the next time.
 */
export async function freeModelId(name: string): Promise<string> {
  const { models } = await readModels();
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48);
  const base = word || 'model';
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    const taken = models.some((model) => model.id === id) || (await exists(join(ownModels(), id)));
    if (!taken) return id;
  }
}

/**
 * Copies a model's file beside its card; it is there whole or not at all.
 *
 * @throws {RelumeError} 'write-failed'
 */
export async function addModel(card: ModelCard, file: string): Promise<void> {
  const folder = join(ownModels(), card.id);
  const unfinished = join(ownModels(), `.${card.id}.${process.pid}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await copyFile(file, join(unfinished, 'model.onnx'));
    await writeFile(join(unfinished, 'card.json'), `${JSON.stringify(card, undefined, 2)}\n`);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new RelumeError({
      code: 'write-failed',
      message: `The model cannot be kept in ${folder}: ${reason}.`,
    });
  }
}

/** @throws {RelumeError} 'no-such-model', 'bundled-model' for one that belongs to the application */
export async function removeModel(id: string): Promise<void> {
  const { path } = await findModel(id);
  const folder = join(ownModels(), id);
  if (path !== join(folder, 'model.onnx'))
    throw new RelumeError({
      code: 'bundled-model',
      message: `The model "${id}" belongs to Relume and stays.`,
    });
  await rm(folder, { recursive: true });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
