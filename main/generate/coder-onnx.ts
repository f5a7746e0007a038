/** A trained autoencoder as two ONNX files. */

import type { Recipe } from '../../preload/contract.ts';
import { input, type Node, parameter, sigmoid } from '../engine/graph/graph.ts';
import { loadGraph } from '../engine/load-graph.ts';
import { toOnnx } from '../engine/onnx.ts';
import { Coder } from './coder.ts';
import { isVariational, networkOf } from './networks.ts';
import { decoderGraph, encoderGraph, posteriorOf } from './objective.ts';

export interface CoderOnnx {
  /** `input` (and `label`) to `mu` (and `logvar`). */
  readonly encoder: Uint8Array;
  /** `code` (and `label`) to `picture` in 0..1. */
  readonly decoder: Uint8Array;
}

/** @param parameters the values of the objective's parameters, by name */
export function coderOnnx(recipe: Recipe, parameters: ReadonlyMap<string, Float32Array>): CoderOnnx {
  const { inputSize } = networkOf(recipe);
  const { channels, latent, classes } = recipe;
  const label = classes.length > 0 ? input('label', [1, classes.length]) : undefined;
  const picture = input('input', [1, channels, inputSize, inputSize]);
  const encoded = encoderGraph(recipe, picture, label, parameter);
  const logits = decoderGraph(recipe, input('code', [1, latent]), label, parameter);
  const lower = (outputs: Record<string, Node>) =>
    toOnnx(outputs, { parameters, freeBatch: true, halfParameters: true });
  return {
    encoder: lower(isVariational(recipe) ? { ...posteriorOf(encoded) } : { mu: encoded }),
    decoder: lower({ picture: sigmoid(logits) }),
  };
}

/** @throws Error when the bytes are no ONNX models */
export async function loadCoder(recipe: Recipe, { encoder, decoder }: CoderOnnx): Promise<Coder> {
  const { inputSize } = networkOf(recipe);
  return new Coder(recipe, inputSize, await loadGraph(encoder), await loadGraph(decoder));
}
