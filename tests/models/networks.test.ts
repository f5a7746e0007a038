import { expect, it } from 'vitest';
import { multiplyAccumulates } from '../../main/engine/cost.ts';
import { input, parameter } from '../../main/engine/graph/graph.ts';
import { networks } from '../../models/networks.ts';

const side = 48;

it.each(Object.entries(networks))('%s gives three channels, its scale times larger', (_, network) => {
  const image = input('input', [2, network.inputChannels, side, side]);
  const size = side * network.scale;
  expect(network.build(image, parameter).shape).toEqual([2, 3, size, size]);
});

it.each([
  ['denoiser-fast', 40],
  ['denoiser-best', 150],
  ['artefact-remover', 150],
  ['upscaler-2x', 150],
] as const)('%s costs at most %i thousand multiply-accumulates a pixel of the result', (name, limit) => {
  const { build, inputChannels, scale } = networks[name];
  const cost = multiplyAccumulates(build(input('input', [1, inputChannels, side, side]), parameter));
  expect(cost / (side * scale) ** 2 / 1000).toBeLessThan(limit);
});
