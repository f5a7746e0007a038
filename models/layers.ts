/** Layers that the picture networks share: plain convolutions without biases, and residual blocks of them. */
import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import { type ParameterSource, startDeviation } from '../main/engine/parameters.ts';

interface ConvolutionOptions {
  readonly kernel?: number;
  readonly stride?: number;
  /** Standard deviation that its weights start from. */
  readonly deviation?: number;
}

/** A convolution to a number of channels, its weights named after it. */
export type Convolution = (name: string, x: Node, channels: number, options?: ConvolutionOptions) => Node;

export function convolutions(parameters: ParameterSource): Convolution {
  return (name, x, channels, { kernel = 3, stride = 1, deviation } = {}) => {
    const shape = [channels, x.shape[1] ?? 0, kernel, kernel];
    const weight = parameters(`${name}.weight`, shape, deviation ?? startDeviation(shape));
    return g.conv2d(x, weight, { stride, pads: stride === 1 ? 'same' : [0, 0, 0, 0] });
  };
}

/**
 * x + conv(relu(conv(x))). Begins as the identity (Fixup: Zhang, Dauphin and Ma 2019), so that a network can go
 * on from a shallower one.
 */
export function residual(conv: Convolution, name: string, x: Node): Node {
  const channels = x.shape[1] ?? 0;
  const inner = g.relu(conv(`${name}.a`, x, channels));
  return g.add(x, conv(`${name}.b`, inner, channels, { deviation: 0 }));
}
