/** A network whose result is easily foreseen, as a model in a folder. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as g from '../../../main/engine/graph/graph.ts';
import { multipleKey } from '../../../main/engine/load-network.ts';
import { toOnnx } from '../../../main/engine/onnx.ts';
import type { ModelCard } from '../../../preload/contract.ts';

/** Makes every sample of a picture half of what it was: [1, 4, h, w] to [1, 3, h, w]. */
function halvingOnnx(remark: string): Uint8Array {
  const weight = new Float32Array(3 * 4);
  for (let c = 0; c < 3; c++) weight[c * 4 + c] = 0.5;
  const y = g.conv2d(g.input('x', [1, 4, 8, 8]), g.constant(weight, [3, 4, 1, 1]));
  return toOnnx({ y }, { freeSize: true, metadata: { [multipleKey]: '16', remark } });
}

/**
 * Puts that network into a folder of models, with its card.
 *
 * @param remark kept in the file, so that two of them differ
 */
export async function addHalvingModel(models: string, id: string, remark = ''): Promise<ModelCard> {
  const onnx = halvingOnnx(remark);
  const card: ModelCard = {
    id,
    name: 'Halving',
    task: 'denoise',
    scale: 1,
    summary: 'Halves every sample.',
    licence: 'MIT',
    data: 'None.',
    sigmaMax: 75,
    steps: 0,
    pixels: 0,
    parameters: 12,
    kMacPerPixel: 0.012,
    scores: [],
    sha256: createHash('sha256').update(onnx).digest('hex'),
  };
  await mkdir(join(models, id), { recursive: true });
  await writeFile(join(models, id, 'model.onnx'), onnx);
  await writeFile(join(models, id, 'card.json'), JSON.stringify(card));
  return card;
}
