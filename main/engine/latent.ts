/**
 * A diagonal Gaussian over latent codes, as a variational autoencoder's encoder predicts it (Kingma and Welling,
 * "Auto-encoding variational Bayes", 2014). Its log-variance is ln sigma², in the sampler and in the KL alike.
 */
import type { Node } from './graph/graph.ts';
import * as g from './graph/graph.ts';

export interface Posterior {
  /** [N, L] */
  readonly mu: Node;
  /** ln sigma², [N, L] */
  readonly logvar: Node;
}

/**
 * A code drawn from N(mu, sigma²), differentiable in both: mu + exp(logvar / 2) noise.
 *
 * @param noise [N, L] from N(0, 1), fresh for every batch
 */
export function reparametrize({ mu, logvar }: Posterior, noise: Node): Node {
  return g.add(mu, g.mul(g.exp(g.mul(logvar, 0.5)), noise));
}

/**
 * KL divergence from N(0, 1) of every latent dimension: (mu² + sigma² - 1 - ln sigma²) / 2, mean over the batch.
 *
 * @returns [1, L], nats
 */
export function klPerDimension({ mu, logvar }: Posterior): Node {
  const twice = g.sub(g.sub(g.add(g.mul(mu, mu), g.exp(logvar)), 1), logvar);
  return g.mul(g.reduceMean(twice, [0]), 0.5);
}

/** KL divergence from the prior, summed over dimensions, mean over the batch: [] in nats. */
export function klToPrior(posterior: Posterior): Node {
  return g.reshape(g.reduceSum(klPerDimension(posterior)), []);
}

/**
 * The same, with so many nats in every dimension for free (Kingma et al. 2016): a dimension that tells less is not
 * pressed any further, so that it is not given up early.
 */
export function klWithFreeBits(posterior: Posterior, freeNats: number): Node {
  const perDimension = klPerDimension(posterior);
  const pressed = g.add(g.relu(g.sub(perDimension, freeNats)), freeNats);
  return g.reshape(g.reduceSum(pressed), []);
}
