/** Layers with biases, of which autoencoders are made: dense ones, convolutions, residual blocks. */
import type { Node, Shape } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';

/** The same parameters under names that begin with the scope. */
export function scoped(scope: string, parameters: ParameterSource): ParameterSource {
  return (name, shape, deviation) => parameters(`${scope}.${name}`, shape, deviation);
}

/** sqrt(2 / fan-in), which keeps the variance through rectifiers (He et al. 2015). */
function heDeviation(weight: Shape): number {
  return Math.sqrt(2 / g.sizeOf(weight.slice(1)));
}

export interface LayerOptions {
  /** Standard deviation that the weights start from. */
  readonly deviation?: number;
}

export interface ConvOptions extends LayerOptions {
  readonly kernel?: number;
  /** 'halve' takes every second position of a 4 x 4 kernel; 'valid' loses the edges. */
  readonly mode?: 'same' | 'halve' | 'valid';
}

/** [N, Ci, H, W] to [N, channels, H', W']. */
export function conv(
  parameters: ParameterSource,
  name: string,
  x: Node,
  channels: number,
  { mode = 'same', kernel = mode === 'halve' ? 4 : 3, deviation }: ConvOptions = {},
): Node {
  const shape = [channels, x.shape[1] ?? 0, kernel, kernel];
  const weight = parameters(`${name}.weight`, shape, deviation ?? heDeviation(shape));
  const bias = parameters(`${name}.bias`, [channels], 0);
  const y =
    mode === 'halve'
      ? g.conv2d(x, weight, { stride: 2, pads: [1, 1, 1, 1] })
      : g.conv2d(x, weight, { pads: mode === 'same' ? 'same' : [0, 0, 0, 0] });
  return g.add(y, g.reshape(bias, [1, channels, 1, 1]));
}

/** [N, K] to [N, size]. */
export function dense(
  parameters: ParameterSource,
  name: string,
  x: Node,
  size: number,
  { deviation }: LayerOptions = {},
): Node {
  const inputs = x.shape.at(-1) ?? 0;
  const weight = parameters(`${name}.weight`, [inputs, size], deviation ?? heDeviation([size, inputs]));
  return g.add(g.matmul(x, weight), parameters(`${name}.bias`, [size], 0));
}

/** x + conv(relu(conv(relu(x)))), which begins as the identity. */
export function residualBlock(parameters: ParameterSource, name: string, x: Node): Node {
  const channels = x.shape[1] ?? 0;
  const inner = g.relu(conv(parameters, `${name}.a`, g.relu(x), channels));
  return g.add(x, conv(parameters, `${name}.b`, inner, channels, { deviation: 0 }));
}

/** [N, C, H, W] to [N, C H W]. */
export function flatten(x: Node): Node {
  const [n = 1, ...rest] = x.shape;
  return g.reshape(x, [n, g.sizeOf(rest)]);
}
