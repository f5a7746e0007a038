import { expect, it } from 'vitest';
import { multiplyAccumulates } from '../../main/engine/cost.ts';
import { input, parameter, ShapeError } from '../../main/engine/graph/graph.ts';
import { networks } from '../../models/networks.ts';

it('keeps the size of the picture and drops the noise map', () => {
  expect(networks['denoiser-fast'].build(input('input', [2, 4, 32, 48]), parameter).shape).toEqual([
    2, 3, 32, 48,
  ]);
});

it('costs at most 40 thousand multiply-accumulates a pixel', () => {
  const cost = multiplyAccumulates(
    networks['denoiser-fast'].build(input('input', [1, 4, 64, 64]), parameter),
  );
  expect(cost / 64 ** 2).toBeLessThan(40_000);
  expect(cost / 64 ** 2).toBeGreaterThan(30_000);
});

it('refuses sizes that are not a multiple of its own', () => {
  const size = networks['denoiser-fast'].multiple / 2;
  expect(() => networks['denoiser-fast'].build(input('input', [1, 4, size, size]), parameter)).toThrow(
    ShapeError,
  );
});
