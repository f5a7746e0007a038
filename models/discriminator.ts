/** Tells codes of an encoder from draws of the prior (adversarial autoencoder, Makhzani et al. 2015). */
import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';
import { dense } from './biased-layers.ts';

const hidden = 256;
const leak = 0.2;

/**
 * @param code [N, L]
 * @returns logits that the code comes from the prior, [N, 1]
 */
export function discriminator(code: Node, parameters: ParameterSource): Node {
  const first = g.leakyRelu(dense(parameters, 'hidden0', code, hidden), leak);
  const second = g.leakyRelu(dense(parameters, 'hidden1', first, hidden), leak);
  return dense(parameters, 'real', second, 1, { deviation: Math.sqrt(1 / hidden) });
}
