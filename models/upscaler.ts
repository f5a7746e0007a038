/**
 * Upscaler: residual blocks at the size of the input, then one sub-pixel convolution (ESPCN: Shi et al. 2016).
 *
 * It predicts what the repeated pixels lack (as VDSR, Kim et al. 2016, does for the interpolated picture). Blocks
 * have no normalization (EDSR: Lim et al. 2017) and no biases, so that a picture twice as bright gives a result
 * twice as bright.
 */
import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';
import { convolutions, residual } from './layers.ts';

export interface UpscalerOptions {
  /** Output pixels a side for each input pixel. */
  readonly scale: number;
  readonly channels: number;
  readonly blocks: number;
}

/**
 * @param input [N, 3, H, W]: red, green, blue in 0..1
 * @returns [N, 3, scale H, scale W]
 */
export function upscaler({ scale, channels, blocks }: UpscalerOptions) {
  return (input: Node, parameters: ParameterSource): Node => {
    const conv = convolutions(parameters);
    const head = conv('head', input, channels);
    let x = head;
    for (let block = 0; block < blocks; block++) x = residual(conv, `body${block}`, x);
    const detail = conv('tail', g.add(head, x), 3 * scale ** 2);
    const repeated = g.concat(Array<Node>(scale ** 2).fill(input), 1);
    return g.depthToSpace(g.add(repeated, detail), scale);
  };
}
