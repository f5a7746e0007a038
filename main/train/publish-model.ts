/** A finished model: its ONNX file and its card, in a folder of their own. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PictureNetwork } from '../../models/networks.ts';
import { type FeatureRanges, type ModelCard, sigmaRange, type TrainingTask } from '../../preload/contract.ts';
import { multiplyAccumulates } from '../engine/cost.ts';
import { withCard } from '../engine/embedded-card.ts';
import { input, parameter } from '../engine/graph/graph.ts';
import { multipleKey, scaleKey } from '../engine/load-network.ts';
import { toOnnx } from '../engine/onnx.ts';
import { namedValues, parameterCount, parameterSpecs } from '../engine/parameters.ts';
import { replaceFile } from '../library/write-file.ts';
import type { Scores } from './scores.ts';
import { taskOf } from './tasks/task.ts';

export interface TrainedFacts {
  readonly name: string;
  readonly folder: string;
  readonly photos: number;
  readonly steps: number;
  /** Pixels of the result that training saw. */
  readonly pixels: number;
  readonly task: TrainingTask;
  /** On held-out photos. */
  readonly scores: Scores;
  /** Of the photos as training damaged them. */
  readonly features?: FeatureRanges | undefined;
}

/** The network as an ONNX file that takes pictures of any size. */
export function networkOnnx(network: PictureNetwork, values: Float32Array): Uint8Array {
  const { image, specs } = smallest(network);
  const output = network.build(image, (name, shape) => parameter(name, shape));
  const parameters = namedValues(values, specs);
  const metadata = { [multipleKey]: String(network.multiple), [scaleKey]: String(network.scale) };
  return toOnnx({ output }, { freeSize: true, halfParameters: true, parameters, metadata });
}

/** The network on a small picture that it takes. */
function smallest({ build, inputChannels, multiple }: PictureNetwork) {
  const side = multiple * Math.ceil(8 / multiple);
  const image = input('input', [1, inputChannels, side, side]);
  return { image, side, specs: parameterSpecs((parameters) => build(image, parameters)) };
}

/** Writes model.onnx, then card.json: a folder without a card is no model yet. */
export async function publishModel(
  into: string,
  network: PictureNetwork,
  values: Float32Array,
  facts: TrainedFacts,
): Promise<void> {
  const { image, side, specs } = smallest(network);
  const macs = multiplyAccumulates(network.build(image, parameter)) / (side * network.scale) ** 2;
  const { task, photos, folder } = facts;
  const card: Omit<ModelCard, 'sha256'> = {
    id: facts.name,
    name: facts.name,
    task: task.kind,
    scale: network.scale,
    summary: `${purpose(task)}; trained on ${photos} photos.`,
    licence: 'Your own: it follows the licences of the photos it was trained on.',
    data: `${photos} photos in ${basename(folder)}`,
    ...(task.kind === 'denoise' && { sigmaMax: sigmaRange.max }),
    steps: facts.steps,
    pixels: facts.pixels,
    parameters: parameterCount(specs),
    kMacPerPixel: Math.round(macs / 100) / 10,
    scores: [{ ...taskOf(task).trialFacts, ...facts.scores, command: `npm start -- train ${task.kind}` }],
    ...(facts.features && { features: facts.features }),
  };
  // The file alone can be shared: it says what it is.
  const onnx = withCard(networkOnnx(network, values), { ...card, sha256: '' });
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  await mkdir(into, { recursive: true });
  await replaceFile(join(into, 'model.onnx'), [onnx]);
  await replaceFile(join(into, 'card.json'), [`${JSON.stringify({ ...card, sha256 }, null, 2)}\n`]);
}

function purpose(task: TrainingTask): string {
  switch (task.kind) {
    case 'denoise':
      return 'Removes noise';
    case 'artefacts':
      return 'Removes JPEG artefacts';
    case 'upscale':
      return `Makes pictures ${task.scale} times larger`;
  }
}
