/** Losses between a prediction and its target; both of one shape, the result one value. */

import type { Node } from './graph/graph.ts';
import * as g from './graph/graph.ts';

function mean(x: Node): Node {
  return g.reshape(g.reduceMean(x), []);
}

/** Mean absolute error: mean |prediction - target|. */
export function l1(prediction: Node, target: Node): Node {
  return mean(g.abs(g.sub(prediction, target)));
}

/** Mean squared error: mean (prediction - target)². */
export function mse(prediction: Node, target: Node): Node {
  const difference = g.sub(prediction, target);
  return mean(g.mul(difference, difference));
}

/** Charbonnier: mean sqrt((prediction - target)² + epsilon²), an L1 that is smooth at zero (Lai et al. 2017). */
export function charbonnier(prediction: Node, target: Node, epsilon = 1e-3): Node {
  const difference = g.sub(prediction, target);
  return mean(g.sqrt(g.add(g.mul(difference, difference), epsilon ** 2)));
}

/**
 * Binary cross-entropy: mean -(t ln p + (1 - t) ln(1 - p)) with p = sigmoid(logits), written on the logits so
 * that no probability is rounded to 0 or 1: softplus(x) - t x.
 *
 * @param target 0..1
 */
export function bceWithLogits(logits: Node, target: Node): Node {
  return mean(g.sub(g.softplus(logits), g.mul(logits, target)));
}
