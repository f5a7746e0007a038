/** A network's trainable values, kept as one flat vector with a list of where each begins. */
import type { Node, Shape } from './graph/graph.ts';
import { parameter, reshape, sizeOf, slice } from './graph/graph.ts';

export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  /** Standard deviation of the normal distribution it starts from. */
  readonly deviation: number;
  /** Position of its first value in the flat vector. */
  readonly offset: number;
}

/** Hands a network builder its parameters. */
export type ParameterSource = (name: string, shape: Shape, deviation: number) => Node;

/** A network: how its output follows from its input and parameters. */
export type NetworkBuilder = (input: Node, parameters: ParameterSource) => Node;

/**
 * 1 / sqrt(3 fan-in): PyTorch's default for convolutions. Smaller than He's, so that a deep sum of residual
 * blocks without normalization begins near the identity.
 */
export function startDeviation(weight: Shape): number {
  return Math.sqrt(1 / (3 * sizeOf(weight.slice(1))));
}

/** Builds once to learn which parameters a network has, in order of use. */
export function parameterSpecs(build: (parameters: ParameterSource) => unknown): ParameterSpec[] {
  const specs: ParameterSpec[] = [];
  let offset = 0;
  build((name, shape, deviation) => {
    if (specs.some((spec) => spec.name === name)) throw new Error(`the parameter ${name} is used twice`);
    specs.push({ name, shape, deviation, offset });
    offset += sizeOf(shape);
    return parameter(name, shape);
  });
  return specs;
}

export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
}

/** Cuts every parameter out of a flat vector node [P]. */
export function fromFlat(flat: Node, specs: readonly ParameterSpec[]): Map<string, Node> {
  return new Map(
    specs.map(({ name, shape, offset }) => [name, reshape(slice(flat, [offset], [sizeOf(shape)]), shape)]),
  );
}

/** Names every parameter's part of a flat vector of values. */
export function namedValues(flat: Float32Array, specs: readonly ParameterSpec[]): Map<string, Float32Array> {
  return new Map(
    specs.map(({ name, shape, offset }) => [name, flat.subarray(offset, offset + sizeOf(shape))]),
  );
}

/**
 * Which named values fit a network, and where they belong: those of the same name and size. A network with more
 * blocks, or another first or last layer, can so begin from one that it shares the rest with.
 *
 * @returns undefined when they fill less than a fifth of the network
 */
export function fittingValues(
  values: ReadonlyMap<string, Float32Array>,
  specs: readonly ParameterSpec[],
): { readonly offset: number; readonly values: Float32Array }[] | undefined {
  const fitting = specs.flatMap(({ name, shape, offset }) => {
    const value = values.get(name);
    return value?.length === sizeOf(shape) ? [{ offset, values: value }] : [];
  });
  const filled = fitting.reduce((sum, { values: { length } }) => sum + length, 0);
  return filled < parameterCount(specs) / 5 ? undefined : fitting;
}
