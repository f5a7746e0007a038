/** A finished model: its ONNX file and its card, in a folder of their own. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DenoiserOptions, denoiser, denoiserMultiple } from '../../models/denoiser.ts';
import { type ModelCard, type NoiseKind, sigmaRange } from '../../preload/contract.ts';
import { multiplyAccumulates } from '../engine/cost.ts';
import { input, parameter } from '../engine/graph/graph.ts';
import { multipleKey } from '../engine/load-network.ts';
import { toOnnx } from '../engine/onnx.ts';
import { namedValues, parameterCount, parameterSpecs } from '../engine/parameters.ts';
import { replaceFile } from '../library/write-file.ts';
import type { Scores } from './evaluate.ts';
import { heldOutSigma } from './held-out.ts';

export interface TrainedFacts {
  readonly name: string;
  readonly folder: string;
  readonly photos: number;
  readonly steps: number;
  readonly pixels: number;
  readonly noise: NoiseKind;
  /** On held-out photos. */
  readonly scores: Scores;
}

/** The denoiser as an ONNX file that takes pictures of any size. */
export function denoiserOnnx(options: DenoiserOptions, values: Float32Array): Uint8Array {
  const { image, build, specs, multiple } = smallest(options);
  const output = build(image, (name, shape) => parameter(name, shape));
  const parameters = namedValues(values, specs);
  const metadata = { [multipleKey]: String(multiple) };
  return toOnnx({ output }, { freeSize: true, halfParameters: true, parameters, metadata });
}

/** The network on the smallest picture it takes. */
function smallest(options: DenoiserOptions) {
  const multiple = denoiserMultiple(options);
  const image = input('input', [1, 4, multiple, multiple]);
  const build = denoiser(options);
  return { image, build, specs: parameterSpecs((parameters) => build(image, parameters)), multiple };
}

/** Writes model.onnx, then card.json: a folder without a card is no model yet. */
export async function publishModel(
  into: string,
  options: DenoiserOptions,
  values: Float32Array,
  facts: TrainedFacts,
): Promise<void> {
  const { image, build, specs, multiple } = smallest(options);
  const onnx = denoiserOnnx(options, values);
  const macs = multiplyAccumulates(build(image, parameter));
  const card: ModelCard = {
    id: facts.name,
    name: facts.name,
    task: 'denoise',
    summary: `Removes noise; trained on ${facts.photos} photos.`,
    licence: 'Your own: it follows the licences of the photos it was trained on.',
    data: `${facts.photos} photos in ${facts.folder}`,
    sigmaMax: sigmaRange.max,
    steps: facts.steps,
    pixels: facts.pixels,
    parameters: parameterCount(specs),
    kMacPerPixel: Math.round(macs / multiple ** 2 / 100) / 10,
    scores: [heldOut(facts)],
    sha256: createHash('sha256').update(onnx).digest('hex'),
  };
  await mkdir(into, { recursive: true });
  await replaceFile(join(into, 'model.onnx'), [onnx]);
  await replaceFile(join(into, 'card.json'), [`${JSON.stringify(card, null, 2)}\n`]);
}

function heldOut({ noise, scores }: TrainedFacts): ModelCard['scores'][number] {
  const measured = { ...scores, command: 'npm start -- train denoise' };
  return noise === 'gaussian'
    ? { set: 'held-out photos', sigma: heldOutSigma, ...measured }
    : { set: `held-out photos, ${noise} noise`, ...measured };
}
