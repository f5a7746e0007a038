/**
 * Denoiser: a plain-convolution U-Net on RGB, mostly with a noise-level map.
 *
 * One model serves every noise level because the level is an input (FFDNet, Zhang et al. 2018); the U-Net works
 * on half-size space-to-depth samples, without biases so that it generalizes over levels (Mohan et al. 2020),
 * and predicts the clean picture as the noisy one minus a residual (DnCNN, Zhang et al. 2017).
 */

import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';
import { convolutions, residual } from './layers.ts';

export interface DenoiserOptions {
  /** Channels at each level, finest first. */
  readonly channels: readonly number[];
  /** Residual blocks at each level, on the way down and on the way up. */
  readonly blocks: number;
  /** Whether it is told the noise level; without, it finds out by itself. */
  readonly noiseMap: boolean;
}

/** Height and width must be multiples of this. */
export function denoiserMultiple(options: DenoiserOptions): number {
  return 2 ** options.channels.length;
}

/** What the way down makes of the input of {@link denoiser}, level by level. */
export function denoiserFeatures(options: DenoiserOptions) {
  return (input: Node, parameters: ParameterSource): Node[] => {
    const conv = convolutions(parameters);
    let x = conv('head', g.spaceToDepth(input, 2), channelsAt(options, 0));
    const levels: Node[] = [];
    for (const level of options.channels.keys()) {
      if (level > 0) x = conv(`down${level}`, x, channelsAt(options, level), { kernel: 2, stride: 2 });
      for (let block = 0; block < options.blocks; block++) x = residual(conv, `encode${level}.${block}`, x);
      levels.push(x);
    }
    return levels;
  };
}

/**
 * @param input [N, 4, H, W]: red, green, blue in 0..1 and sigma / 255; without noise map [N, 3, H, W]
 * @returns [N, 3, H, W]
 */
export function denoiser(options: DenoiserOptions) {
  return (input: Node, parameters: ParameterSource): Node => {
    const conv = convolutions(parameters);
    const [n = 1, , h = 0, w = 0] = input.shape;
    const skips = denoiserFeatures(options)(input, parameters);
    let x = skips.at(-1) ?? input;
    for (let level = options.channels.length - 2; level >= 0; level--) {
      const skip = skips[level] ?? x;
      x = g.add(
        skip,
        g.depthToSpace(conv(`up${level}`, x, channelsAt(options, level) * 4, { kernel: 1 }), 2),
      );
      for (let block = 0; block < options.blocks; block++) x = residual(conv, `decode${level}.${block}`, x);
    }
    const noise = g.depthToSpace(conv('tail', x, 12), 2);
    return g.sub(g.slice(input, [0, 0, 0, 0], [n, 3, h, w]), noise);
  };
}

function channelsAt(options: DenoiserOptions, level: number): number {
  const channels = options.channels[level];
  if (channels === undefined) throw new Error(`the denoiser has no level ${level}`);
  return channels;
}
