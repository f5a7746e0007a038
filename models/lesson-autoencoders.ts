/**
 * The autoencoders of the Keras tutorial that most lessons begin with (Chollet, "Building autoencoders in Keras",
 * 2016), for grey pictures of 28 x 28.
 */
import type { Node } from '../main/engine/graph/graph.ts';
import * as g from '../main/engine/graph/graph.ts';
import type { ParameterSource } from '../main/engine/parameters.ts';
import type { Autoencoder } from './autoencoder.ts';
import { conv, dense, flatten } from './biased-layers.ts';

const size = 28;

/** Convolutions of 16, 8 and 8 channels with pooling, down to 4 x 4 x 8. */
export const lessonConvolutional: Autoencoder = {
  inputSize: size,
  encode: (input, _label, _outputs, parameters) => {
    const wide = pooled(g.relu(conv(parameters, 'conv0', input, 16)));
    const narrow = pooled(g.relu(conv(parameters, 'conv1', wide, 8)));
    return flatten(pooled(g.relu(conv(parameters, 'conv2', narrow, 8))));
  },
  decode,
};

/** The same decoder behind an encoder of 16 and 8 channels for pictures of half the size. */
export const lessonSuperResolution: Autoencoder = {
  inputSize: size / 2,
  encode: (input, _label, _outputs, parameters) => {
    const wide = pooled(g.relu(conv(parameters, 'conv0', input, 16)));
    return flatten(pooled(g.relu(conv(parameters, 'conv1', wide, 8))));
  },
  decode,
};

/** 784-512-2-512-784, as the variational one has it. */
export const lessonDense: Autoencoder = {
  inputSize: size,
  encode: (input, _label, outputs, parameters) =>
    dense(parameters, 'code', g.relu(dense(parameters, 'hidden', flatten(input), 512)), outputs, {
      deviation: Math.sqrt(1 / 512),
    }),
  decode: (code, _label, parameters) => {
    const [n = 1] = code.shape;
    const hidden = g.relu(dense(parameters, 'hidden', code, 512));
    const deviation = Math.sqrt(1 / 512);
    return g.reshape(dense(parameters, 'picture', hidden, size * size, { deviation }), [n, 1, size, size]);
  },
};

function decode(code: Node, _label: Node | undefined, parameters: ParameterSource): Node {
  const [n = 1] = code.shape;
  let x = g.reshape(code, [n, 8, 4, 4]);
  x = g.upsampleNearest(g.relu(conv(parameters, 'conv0', x, 8)), 2);
  x = g.upsampleNearest(g.relu(conv(parameters, 'conv1', x, 8)), 2);
  // 16 x 16 loses its edges and becomes 14 x 14.
  x = g.upsampleNearest(g.relu(conv(parameters, 'conv2', x, 16, { mode: 'valid' })), 2);
  return conv(parameters, 'picture', x, 1);
}

/** The largest of every 2 x 2; an odd side is filled up with zeros, which never win against rectified values. */
function pooled(x: Node): Node {
  const [, , h = 0, w = 0] = x.shape;
  return g.maxPool(h % 2 === 0 ? x : g.pad(x, [0, 0, 0, 0], [0, 0, h % 2, w % 2]), 2);
}
