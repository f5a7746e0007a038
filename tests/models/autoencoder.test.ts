import { describe, expect, it } from 'vitest';
import * as g from '../../main/engine/graph/graph.ts';
import { parameterCount, parameterSpecs } from '../../main/engine/parameters.ts';
import { type Autoencoder, convolutionalAutoencoder } from '../../models/autoencoder.ts';
import { lessonConvolutional, lessonDense, lessonSuperResolution } from '../../models/lesson-autoencoders.ts';

function sizes(network: Autoencoder, channels: number, outputs: number, latent: number, classes = 0) {
  const picture = g.input('input', [2, channels, network.inputSize, network.inputSize]);
  const label = classes > 0 ? g.input('label', [2, classes]) : undefined;
  const shapes: g.Shape[] = [];
  const specs = parameterSpecs((parameters) => {
    const named =
      (part: string): typeof parameters =>
      (name, ...rest) =>
        parameters(`${part}.${name}`, ...rest);
    shapes.push(network.encode(picture, label, outputs, named('encoder')).shape);
    shapes.push(network.decode(g.input('code', [2, latent]), label, named('decoder')).shape);
  });
  return { shapes, parameters: parameterCount(specs) };
}

describe.each([28, 32, 64, 128])('at %i pixels', (size) => {
  it.each([
    [1, 2, 0],
    [3, 256, 10],
  ])('encodes and decodes %i channels to %i numbers with %i classes', (channels, latent, classes) => {
    const network = convolutionalAutoencoder({ size, channels });
    const { shapes } = sizes(network, channels, 2 * latent, latent, classes);
    expect(shapes).toEqual([
      [2, 2 * latent],
      [2, channels, size, size],
    ]);
  });
});

it('has the networks of the lesson, to the parameter', () => {
  // 16, 8, 8 channels down; 8, 8, 16 and 1 up: 160 + 1160 + 584, and 584 + 584 + 1168 + 145.
  expect(sizes(lessonConvolutional, 1, 128, 128)).toEqual({
    shapes: [
      [2, 128],
      [2, 1, 28, 28],
    ],
    parameters: 4385,
  });
  expect(sizes(lessonSuperResolution, 1, 128, 128).parameters).toBe(160 + 1160 + 584 + 584 + 1168 + 145);
  // 784-512-(2 + 2) and 2-512-784, each with biases.
  const dense = 784 * 512 + 512 + 512 * 4 + 4 + 2 * 512 + 512 + 512 * 784 + 784;
  expect(sizes(lessonDense, 1, 4, 2).parameters).toBe(dense);
});
