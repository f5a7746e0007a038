/** A loss between what a denoiser sees in two pictures, instead of between their pixels (Johnson et al. 2016). */
import { readFile } from 'node:fs/promises';
import { type DenoiserOptions, denoiserFeatures } from '../../models/denoiser.ts';
import type { Node } from '../engine/graph/graph.ts';
import * as g from '../engine/graph/graph.ts';
import { l1 } from '../engine/losses.ts';
import { readParameters } from '../engine/onnx.ts';
import { findModel } from '../library/models.ts';
import type { PictureLoss } from './picture-losses.ts';

const model = 'denoise-fast';
/** The finest levels of that model; coarser ones see more than a small picture holds. */
const seen: DenoiserOptions = { channels: [32, 64, 128], blocks: 1, noiseMap: true };
/** The noise level that the denoiser is told, 8-bit levels: it then looks at what stands out from such noise. */
const sigma = 15;

/** @throws {RelumeError} 'no-such-model' when the bundled denoiser is missing */
export async function featureLoss(): Promise<PictureLoss> {
  const weights = readParameters(await readFile((await findModel(model)).path));
  const frozen = (name: string, shape: readonly number[]): Node => {
    const values = weights.get(name);
    if (!values) throw new Error(`${model} has no weight ${name}`);
    return g.constant(values, shape);
  };
  const features = denoiserFeatures(seen);
  return (logits, target) => {
    const picture = g.sigmoid(logits);
    const [drawn, wanted] = [picture, target].map((part) => features(denoiserInput(part), frozen)) as [
      Node[],
      Node[],
    ];
    // Pixels count a little: a denoiser without biases hardly sees the brightness of a plain area.
    return drawn.reduce(
      (sum, level, index) => {
        const same = wanted[index] ?? level;
        return g.add(sum, g.div(l1(level, same), g.add(g.reshape(g.reduceMean(g.abs(same)), []), 1e-3)));
      },
      l1(picture, target),
    );
  };
}

/** Red, green, blue, and a plane that says the noise level; grey is repeated. */
function denoiserInput(picture: Node): Node {
  const [n = 1, channels = 1, h = 1, w = 1] = picture.shape;
  const colours = channels === 3 ? [picture] : [picture, picture, picture];
  const level = g.constant(new Float32Array(n * h * w).fill(sigma / 255), [n, 1, h, w]);
  return g.concat([...colours, level], 1);
}
