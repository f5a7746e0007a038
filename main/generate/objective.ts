/** What training an autoencoder makes smaller, as graph. */
import { scoped } from '../../models/biased-layers.ts';
import { discriminator } from '../../models/discriminator.ts';
import type { Recipe } from '../../preload/contract.ts';
import type { Node } from '../engine/graph/graph.ts';
import * as g from '../engine/graph/graph.ts';
import {
  klPerDimension,
  klToPrior,
  klWithFreeBits,
  type Posterior,
  reparametrize,
} from '../engine/latent.ts';
import type { Losses, Objective } from '../engine/objective.ts';
import type { ParameterSource } from '../engine/parameters.ts';
import { isVariational, networkOf } from './networks.ts';
import type { PictureLoss } from './picture-losses.ts';

/** A latent dimension counts as active from this many nats on. */
const activeNats = 0.05;

/** How much deceiving the discriminator counts beside the reconstruction. */
const adversarialWeight = 1;
/** The discriminator learns so many times as fast as the others, so that it keeps up (Heusel et al. 2017). */
const discriminatorSpeed = 4;
/** Weight of its squared slope where the prior lies, and how far apart the slope is measured. */
const slope = { weight: 0.3, step: 0.1 } as const;

/**
 * Batches hold `input` and `target` pictures; `label` with classes; `noise` and `beta` for variational kinds;
 * `prior` and `noise` for the adversarial one.
 *
 * The loss of variational kinds is what the lesson prints: the reconstruction loss times the number of values of a
 * picture, plus beta times the divergence. That of the others is the mean reconstruction loss itself.
 */
export function autoencoderObjective(recipe: Recipe, pictureLoss: PictureLoss): Objective {
  const { batch, channels, latent, size, classes } = recipe;
  const { inputSize } = networkOf(recipe);
  const inputs: Record<string, readonly number[]> = {
    input: [batch, channels, inputSize, inputSize],
    target: [batch, channels, size, size],
  };
  if (classes.length > 0) inputs.label = [batch, classes.length];
  if (isVariational(recipe)) Object.assign(inputs, { noise: [batch, latent], beta: [] });
  if (recipe.kind === 'aae') Object.assign(inputs, { prior: [batch, latent], noise: [batch, latent] });
  const build = isVariational(recipe) ? variational : recipe.kind === 'aae' ? adversarial : plain;
  return {
    inputs,
    // What is free of divergence is so on the whole batch's average.
    isMean: recipe.freeNats === 0 || !isVariational(recipe),
    build: (values, parameters) => build(recipe, pictureLoss, values, parameters),
  };
}

type Build = (
  recipe: Recipe,
  pictureLoss: PictureLoss,
  batch: (name: string) => Node,
  parameters: ParameterSource,
) => Losses;

const plain: Build = (recipe, pictureLoss, batch, parameters) => {
  const code = encoded(recipe, batch, parameters);
  return { loss: pictureLoss(decoded(recipe, code, batch, parameters), batch('target')) };
};

const variational: Build = (recipe, pictureLoss, batch, parameters) => {
  const posterior = posteriorOf(encoded(recipe, batch, parameters));
  const code = reparametrize(posterior, batch('noise'));
  const reconstruction = pictureLoss(decoded(recipe, code, batch, parameters), batch('target'));
  const pressed = recipe.freeNats > 0 ? klWithFreeBits(posterior, recipe.freeNats) : klToPrior(posterior);
  const values = recipe.channels * recipe.size ** 2;
  const isActive = g.sign(g.relu(g.sub(klPerDimension(posterior), activeNats)));
  return {
    loss: g.add(g.mul(reconstruction, values), g.mul(pressed, batch('beta'))),
    parts: {
      reconstruction,
      kl: klToPrior(posterior),
      active: g.reshape(g.reduceSum(isActive), []),
    },
  };
};

/**
 * Both players learn in one step. The discriminator sees codes through which no gradient passes, so it cannot
 * reach the encoder; the encoder sees a discriminator whose parameters are held still, so deceiving it cannot
 * spoil it. A discriminator that is steep where the prior lies drives codes past it, for ever: a zero-centred gradient
 * penalty brings both to rest (Mescheder, Geiger and Nowozin 2018). Its expectation is taken over random directions.
 */
const adversarial: Build = (recipe, pictureLoss, batch, parameters) => {
  const code = encoded(recipe, batch, parameters);
  const reconstruction = pictureLoss(decoded(recipe, code, batch, parameters), batch('target'));
  const shared = new Map<string, Node>();
  const learning = scoped('discriminator', (name, shape, deviation) => {
    // Smaller parameters for the same weights: a step of the optimizer then changes the weights by so much more.
    const node =
      shared.get(name) ?? g.mul(parameters(name, shape, deviation / discriminatorSpeed), discriminatorSpeed);
    shared.set(name, node);
    return node;
  });
  const still: ParameterSource = (name, shape, deviation) => g.stopGradient(learning(name, shape, deviation));
  const onPrior = discriminator(batch('prior'), learning);
  const onCodes = discriminator(g.stopGradient(code), learning);
  const told = g.mul(g.add(mean(g.softplus(g.neg(onPrior))), mean(g.softplus(onCodes))), 0.5);
  const beside = discriminator(g.add(batch('prior'), g.mul(batch('noise'), slope.step)), learning);
  const rise = g.div(g.sub(beside, onPrior), slope.step);
  const steepness = g.mul(mean(g.mul(rise, rise)), slope.weight / 2);
  const deceived = mean(g.softplus(g.neg(discriminator(code, still))));
  return {
    loss: g.add(g.add(reconstruction, g.mul(deceived, adversarialWeight)), g.add(told, steepness)),
    parts: { reconstruction, discriminator: told, deception: deceived },
  };
};

function mean(x: Node): Node {
  return g.reshape(g.reduceMean(x), []);
}

function encoded(recipe: Recipe, batch: (name: string) => Node, parameters: ParameterSource): Node {
  return encoderGraph(recipe, batch('input'), labelOf(recipe, batch), parameters);
}

function decoded(
  recipe: Recipe,
  code: Node,
  batch: (name: string) => Node,
  parameters: ParameterSource,
): Node {
  return decoderGraph(recipe, code, labelOf(recipe, batch), parameters);
}

function labelOf(recipe: Recipe, batch: (name: string) => Node): Node | undefined {
  return recipe.classes.length > 0 ? batch('label') : undefined;
}

/** The recipe's encoder; its output is twice as long where the code is a distribution. */
export function encoderGraph(
  recipe: Recipe,
  input: Node,
  label: Node | undefined,
  parameters: ParameterSource,
): Node {
  const outputs = isVariational(recipe) ? 2 * recipe.latent : recipe.latent;
  return networkOf(recipe).encode(input, label, outputs, scoped('encoder', parameters));
}

/** The recipe's decoder, to logits. */
export function decoderGraph(
  recipe: Recipe,
  code: Node,
  label: Node | undefined,
  parameters: ParameterSource,
): Node {
  return networkOf(recipe).decode(code, label, scoped('decoder', parameters));
}

/** The two halves of a variational encoder's output. */
export function posteriorOf(output: Node): Posterior {
  const [n = 1, both = 0] = output.shape;
  const latent = both / 2;
  return { mu: g.slice(output, [0, 0], [n, latent]), logvar: g.slice(output, [0, latent], [n, latent]) };
}
