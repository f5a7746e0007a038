/** Networks whose results are easily foreseen, as models in a folder. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as g from '../../../main/engine/graph/graph.ts';
import { multipleKey, scaleKey } from '../../../main/engine/load-network.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import { type ModelCard, modelCardSchema } from '../../../preload/contract.ts';

/** Makes every sample of a picture so much of what it was: [1, 4, h, w] to [1, 3, h, w]. */
function dimmingOnnx(share: number, remark: string): Uint8Array {
  const weight = new Float32Array(3 * 4);
  for (let c = 0; c < 3; c++) weight[c * 4 + c] = share;
  const y = g.conv2d(g.input('x', [1, 4, 8, 8]), g.constant(weight, [3, 4, 1, 1]));
  return toOnnx({ y }, { freeSize: true, metadata: { [multipleKey]: '16', remark } });
}

/** Repeats every pixel to the right and below: [1, 3, h, w] to [1, 3, 2 h, 2 w]. */
function doublingOnnx(): Uint8Array {
  const y = g.upsampleNearest(g.input('x', [1, 3, 8, 8]), 2);
  return toOnnx({ y }, { freeSize: true, metadata: { [scaleKey]: '2' } });
}

/**
 * Puts the halving network into a folder of models, with its card.
 *
 * @param remark kept in the file, so that two of them differ
 */
export function addHalvingModel(models: string, id: string, remark = ''): Promise<ModelCard> {
  const facts = { name: 'Halving', task: 'denoise', scale: 1, summary: 'Halves every sample.', sigmaMax: 75 };
  return addModel(models, { id, parameters: 12, kMacPerPixel: 0.012, ...facts }, dimmingOnnx(0.5, remark));
}

/** Puts a network into a folder of models that darkens a little, so that its results are taken for good ones. */
export function addDimmingModel(models: string, id: string): Promise<ModelCard> {
  const facts = { name: 'Dimming', task: 'denoise', scale: 1, summary: 'Darkens a little.', sigmaMax: 75 };
  return addModel(models, { id, parameters: 12, kMacPerPixel: 0.012, ...facts }, dimmingOnnx(0.97, ''));
}

/** Puts the doubling network into a folder of models, with its card. */
export function addDoublingModel(models: string, id: string): Promise<ModelCard> {
  const facts = { name: 'Doubling', task: 'upscale', scale: 2, summary: 'Repeats every pixel.' };
  return addModel(models, { id, parameters: 0, kMacPerPixel: 0, ...facts }, doublingOnnx());
}

async function addModel(models: string, facts: object, onnx: Uint8Array): Promise<ModelCard> {
  const card = modelCardSchema.parse({
    licence: 'MIT',
    data: 'None.',
    steps: 0,
    pixels: 0,
    scores: [],
    sha256: createHash('sha256').update(onnx).digest('hex'),
    ...facts,
  });
  const folder = join(models, card.id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), onnx);
  await writeFile(join(folder, 'card.json'), JSON.stringify(card));
  return card;
}
