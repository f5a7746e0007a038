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

/** The flat vector of named values; undefined when one is missing or has another size. */
export function flatValues(
  values: ReadonlyMap<string, Float32Array>,
  specs: readonly ParameterSpec[],
): Float32Array | undefined {
  const flat = new Float32Array(parameterCount(specs));
  for (const { name, shape, offset } of specs) {
    const value = values.get(name);
    if (value?.length !== sizeOf(shape)) return undefined;
    flat.set(value, offset);
  }
  return flat;
}
