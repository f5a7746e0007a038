import { describe, expect, it } from 'vitest';
import * as g from '../../../main/engine/graph/graph.ts';
import { charbonnier, l1, mse } from '../../../main/engine/losses.ts';
import { runGraph } from './run-graph.ts';

describe('a graph refuses shapes that do not fit, naming the operation and the shapes', () => {
  const picture = g.input('x', [1, 3, 8, 8]);
  it.each([
    ['conv2d', () => g.conv2d(picture, g.input('w', [4, 2, 3, 3])), '[1, 3, 8, 8] and [4, 2, 3, 3]'],
    ['conv2d', () => g.conv2d(picture, g.input('w', [4, 3, 9, 9])), '[1, 3, 8, 8] and [4, 3, 9, 9]'],
    ['add', () => g.add(picture, g.input('y', [1, 2, 8, 8])), '[1, 3, 8, 8] and [1, 2, 8, 8]'],
    ['matmul', () => g.matmul(g.input('a', [2, 3]), g.input('b', [2, 3])), '[2, 3] and [2, 3]'],
    ['reshape', () => g.reshape(picture, [3, 60]), '[1, 3, 8, 8] and [3, 60]'],
    ['concat', () => g.concat([picture, g.input('y', [1, 3, 4, 8])], 1), '[1, 3, 8, 8] and [1, 3, 4, 8]'],
    ['slice', () => g.slice(picture, [0, 0, 4, 4], [1, 3, 5, 4]), '[1, 3, 8, 8]'],
    ['spaceToDepth', () => g.spaceToDepth(picture, 3), '[1, 3, 8, 8]'],
    ['depthToSpace', () => g.depthToSpace(picture, 2), '[1, 3, 8, 8]'],
    [
      'convTranspose2d',
      () => g.convTranspose2d(picture, g.input('w', [2, 3, 2, 2])),
      '[1, 3, 8, 8] and [2, 3, 2, 2]',
    ],
  ])('%s', (operation, build, shapes) => {
    expect(build).toThrow(g.ShapeError);
    expect(build).toThrow(`${operation}: ${shapes}`);
  });
});

it('adds a convolution up by hand', async () => {
  const x = g.input('x', [1, 1, 3, 3]);
  const y = g.conv2d(x, g.constant(Float32Array.of(1, 2, 3, 4), [1, 1, 2, 2]), {
    stride: 1,
    pads: [1, 0, 0, 0],
  });
  const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const out = await runGraph({ y }, { x: { shape: [1, 1, 3, 3], data } });
  // Row 0 sees zeros above: 3·1 + 4·2, 3·2 + 4·3; row 1: 1·1 + 2·2 + 3·4 + 4·5, …
  expect([...(out.y ?? [])]).toEqual([11, 18, 37, 47, 67, 77]);
});

it('resizes linearly with half-pixel centres', async () => {
  const x = g.input('x', [1, 1, 1, 2]);
  const out = await runGraph(
    { y: g.resizeLinear(x, 1, 4) },
    { x: { shape: [1, 1, 1, 2], data: Float32Array.of(0, 4) } },
  );
  expect([...(out.y ?? [])]).toEqual([0, 1, 3, 4]);
});

it('gives the losses of a small case computed by hand', async () => {
  const [a, b] = [g.input('a', [2]), g.input('b', [2])];
  const inputs = {
    a: { shape: [2], data: Float32Array.of(1, 5) },
    b: { shape: [2], data: Float32Array.of(4, 1) },
  };
  const out = await runGraph({ l1: l1(a, b), mse: mse(a, b), charbonnier: charbonnier(a, b, 4) }, inputs);
  expect(out.l1?.[0]).toBeCloseTo(3.5, 6);
  expect(out.mse?.[0]).toBeCloseTo(12.5, 5);
  expect(out.charbonnier?.[0]).toBeCloseTo((5 + Math.sqrt(32)) / 2, 5);
});
