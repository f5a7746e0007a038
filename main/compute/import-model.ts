/** Brings in a model from elsewhere: found out about in the compute process, then kept with a card. */
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ImportOptions, ModelCard } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { addModel, freeModelId } from '../library/own-models.ts';
import type { ComputeHost } from './host.ts';
import type { ProbedModel } from './protocol.ts';

/** What stands where the person said nothing. */
const notSaid = 'not stated';

/**
 * @returns the card under which the model is kept
 * @throws {RelumeError} 'not-a-model', 'model-unusable' with the reason, 'compute-crashed', 'write-failed'
 */
export async function importModel(
  compute: ComputeHost,
  path: string,
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<ModelCard> {
  await refuseOtherFiles(path);
  const { order, range } = options;
  const probed = await compute.call('probe', { path, order, range }, signal ? { signal } : {});
  const card = await cardOf(path, probed, options);
  await addModel(card, path);
  return card;
}

async function refuseOtherFiles(path: string): Promise<void> {
  const file = await stat(path).catch(() => undefined);
  const name = basename(path);
  const reason = file?.isDirectory()
    ? `${path} is a folder, not a model's file.`
    : !file?.isFile()
      ? `There is no file ${path}.`
      : extname(path).toLowerCase() !== '.onnx'
        ? `${name} is no ONNX file; models of other kinds can be exported as one.`
        : undefined;
  if (reason !== undefined) throw new RelumeError({ code: 'not-a-model', message: reason });
}

async function cardOf(path: string, probed: ProbedModel, options: ImportOptions): Promise<ModelCard> {
  const { convention, scale, told, parameters, sha256, card } = probed;
  const name = options.name ?? card?.name ?? basename(path, extname(path));
  const task = scale > 1 ? 'upscale' : (options.task ?? card?.task ?? 'denoise');
  return {
    summary: scale > 1 ? `Imported; ${scale} times larger a side.` : 'Imported.',
    data: notSaid,
    ...(told && { sigmaMax: 75 }),
    steps: 0,
    pixels: 0,
    // Every weight of a convolution is used once a pixel of what it sees.
    kMacPerPixel: parameters / 1000 / scale ** 2,
    scores: [],
    // What was found out weighs more than what a file says of itself, and what the person says most.
    ...card,
    id: await freeModelId(name),
    name,
    task,
    scale,
    licence: options.licence ?? card?.licence ?? notSaid,
    source: options.source ?? card?.source ?? notSaid,
    parameters,
    sha256,
    ...(convention && { convention }),
  };
}
