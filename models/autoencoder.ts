/**
 * Convolutional encoder and decoder for pictures of 28 to 128 pixels, for every kind of autoencoder.
 *
 * Residual blocks between convolutions that halve; the decoder repeats samples and convolves, because transposed
 * convolutions leave checkerboards (Odena, Dumoulin and Olah 2016). Classes are told to both (conditional VAE, Sohn,
 * Lee and Yan 2015).
 */
import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';
import { conv, dense, flatten, residualBlock } from './biased-layers.ts';

export interface PictureShape {
  /** Height and width. */
  readonly size: number;
  /** 1 grey, 3 RGB. */
  readonly channels: number;
}

/** An encoder and a decoder that belong together. */
export interface Autoencoder {
  /** Height and width of the pictures that are encoded. */
  readonly inputSize: number;
  /**
   * @param input [N, C, inputSize, inputSize], 0..1
   * @param label [N, classes], one-hot; absent without classes
   * @param outputs numbers to encode to
   * @returns [N, outputs]
   */
  encode(input: Node, label: Node | undefined, outputs: number, parameters: ParameterSource): Node;
  /**
   * @param code [N, latent]
   * @returns logits of the picture, [N, C, size, size]: their sigmoid is in 0..1
   */
  decode(code: Node, label: Node | undefined, parameters: ParameterSource): Node;
}

const hidden = 256;
const widest = 128;
/** Channels of the finest level, by size: what is small has less to say, what is large costs more. */
const narrowest = (size: number) => (size === 64 ? 32 : 16);
/** Channels at full size, where every one is expensive. */
const lastChannels = 8;

export function convolutionalAutoencoder({ size, channels }: PictureShape): Autoencoder {
  const levels = halvings(size);
  const base = size / 2 ** levels;
  const width = (level: number) => Math.min(widest, narrowest(size) * 2 ** level);
  return {
    inputSize: size,
    encode(input, label, outputs, parameters) {
      let x = input;
      for (let level = 0; level < levels; level++) {
        x = conv(parameters, `down${level}`, level === 0 ? x : g.relu(x), width(level), { mode: 'halve' });
        if (level === 0 && label) x = g.add(x, perChannel(parameters, 'label', label, width(0)));
        x = residualBlock(parameters, `block${level}`, x);
      }
      const features = g.relu(dense(parameters, 'hidden', flatten(g.relu(x)), hidden));
      return dense(parameters, 'code', features, outputs, { deviation: Math.sqrt(1 / hidden) });
    },
    decode(code, label, parameters) {
      const [n = 1] = code.shape;
      const told = label ? g.concat([code, label], 1) : code;
      const features = g.relu(dense(parameters, 'hidden', told, hidden));
      const spread = dense(parameters, 'spread', features, width(levels - 1) * base * base);
      let x = g.reshape(spread, [n, width(levels - 1), base, base]);
      for (let level = levels - 1; level >= 0; level--) {
        x = g.upsampleNearest(g.relu(residualBlock(parameters, `block${level}`, x)), 2);
        x = conv(parameters, `up${level}`, x, level > 0 ? width(level - 1) : lastChannels);
      }
      return conv(parameters, 'picture', g.relu(x), channels, {
        deviation: Math.sqrt(1 / (9 * lastChannels)),
      });
    },
  };
}

/** How often the size can be halved down to 4, or to an odd number. */
function halvings(size: number): number {
  let levels = 0;
  for (let side = size; side % 2 === 0 && side > 4; side /= 2) levels++;
  return levels;
}

/** One number a channel for every class, [N, C, 1, 1]. */
function perChannel(parameters: ParameterSource, name: string, label: Node, channels: number): Node {
  const [n = 1] = label.shape;
  return g.reshape(dense(parameters, name, label, channels), [n, channels, 1, 1]);
}
