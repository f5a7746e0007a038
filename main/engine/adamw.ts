/** AdamW (Loshchilov & Hutter 2019) with gradient clipping and a moving average of the weights, as graph. */

import type { Node } from './graph/graph.ts';
import * as g from './graph/graph.ts';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Largest L2 norm of the whole gradient; longer ones are scaled down to it. */
  readonly clipNorm: number;
}

export const adamWDefaults: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: 1,
};

/** Flat vectors [P]. */
export interface OptimizerState<T> {
  readonly parameters: T;
  /** First and second moments of the gradient. */
  readonly m: T;
  readonly v: T;
  /** Exponential moving average of the parameters. */
  readonly ema: T;
}

/** Scalars that change from step to step. */
export interface StepInputs<T> {
  readonly learningRate: T;
  /** Number of this step, from 1. */
  readonly step: T;
  readonly emaDecay: T;
}

export function adamW(
  state: OptimizerState<Node>,
  gradient: Node,
  inputs: StepInputs<Node>,
  options: AdamWOptions,
): OptimizerState<Node> & { readonly gradientNorm: Node } {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = options;
  const squares = g.mul(gradient, gradient);
  const gradientNorm = g.sqrt(g.reduceSum(squares));
  // Scalars are multiplied together first: every product with a vector is a pass over millions of values.
  const clip = clipFactor(gradientNorm, clipNorm);
  const m = g.add(g.mul(state.m, beta1), g.mul(gradient, g.mul(clip, 1 - beta1)));
  const v = g.add(g.mul(state.v, beta2), g.mul(squares, g.mul(g.mul(clip, clip), 1 - beta2)));
  // lr / (1 - beta1^t) and sqrt(1 - beta2^t).
  const rate = g.div(inputs.learningRate, biasCorrection(beta1, inputs.step));
  const scale = g.sqrt(biasCorrection(beta2, inputs.step));
  const update = g.div(g.mul(m, g.mul(rate, scale)), g.add(g.sqrt(v), g.mul(scale, epsilon)));
  const kept =
    weightDecay === 0
      ? state.parameters
      : g.mul(state.parameters, g.sub(g.scalar(1), g.mul(inputs.learningRate, weightDecay)));
  const parameters = g.sub(kept, update);
  const ema = g.add(parameters, g.mul(g.sub(state.ema, parameters), inputs.emaDecay));
  return { parameters, m, v, ema, gradientNorm: g.reshape(gradientNorm, []) };
}

/** 1 - beta^step */
function biasCorrection(beta: number, step: Node): Node {
  return g.sub(g.scalar(1), g.exp(g.mul(step, Math.log(beta))));
}

/** min(1, limit / norm), written with what the graph has: limit / max(norm, limit). */
function clipFactor(norm: Node, limit: number): Node {
  return g.div(g.scalar(limit), g.add(g.relu(g.sub(norm, limit)), limit));
}
