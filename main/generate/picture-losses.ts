/** Losses between a decoder's logits and the picture that it should have drawn. */

import type { LossName, Recipe } from '../../preload/contract.ts';
import type { Node } from '../engine/graph/graph.ts';
import * as g from '../engine/graph/graph.ts';
import { bceWithLogits, charbonnier, l1, mse } from '../engine/losses.ts';
import { dissimilarity } from '../engine/ssim-loss.ts';
import { featureLoss } from './feature-loss.ts';

/** (logits, target in 0..1) to one value. */
export type PictureLoss = (logits: Node, target: Node) => Node;

const pictureLosses: Readonly<Record<Exclude<LossName, 'features'>, PictureLoss>> = {
  mse: (logits, target) => mse(g.sigmoid(logits), target),
  l1: (logits, target) => l1(g.sigmoid(logits), target),
  bce: bceWithLogits,
  charbonnier: (logits, target) => charbonnier(g.sigmoid(logits), target),
  ssim: (logits, target) => dissimilarity(g.sigmoid(logits), target),
};

/** The loss that a recipe names. @throws Error when 'features' is asked for and the denoiser is not there */
export async function pictureLossOf({ loss }: Pick<Recipe, 'loss'>): Promise<PictureLoss> {
  return loss === 'features' ? featureLoss() : pictureLosses[loss];
}
