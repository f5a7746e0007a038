import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../../main/engine/gaussian.ts';
import { gradients } from '../../../main/engine/gradients.ts';
import type { Node, Shape } from '../../../main/engine/graph/graph.ts';
import * as g from '../../../main/engine/graph/graph.ts';
import { bceWithLogits, charbonnier, l1, mse } from '../../../main/engine/losses.ts';
import { dissimilarity } from '../../../main/engine/ssim-loss.ts';
import { runGraph, type Value } from './run-graph.ts';
import { oracle } from './tensorflow-oracle.ts';

interface Case {
  readonly name: string;
  readonly inputs: readonly Shape[];
  readonly build: (...inputs: Node[]) => Node;
}

const random = xoroshiro128plus(20);
const between = (low: number, high: number) =>
  low + Math.floor(uniform(random) * (high - low + 1) * 0.999999);
const some = <T>(make: () => T): T[] => [make(), make()];

/** Away from zero, where |x| and the rectifiers have no derivative, and positive for logarithms and roots. */
function values(shape: Shape, positive: boolean): Value {
  const data = new Float32Array(g.sizeOf(shape)).map(() => {
    const size = 0.3 + uniform(random);
    return positive || uniform(random) < 0.5 ? size : -size;
  });
  return { shape, data };
}

function shape(rank: number): number[] {
  return Array.from({ length: rank }, () => between(1, 4));
}

const unary = (name: string, op: (x: Node) => Node): Case[] =>
  some(() => ({ name, inputs: [shape(between(1, 4))], build: op }));

function binary(name: string, op: (a: Node, b: Node) => Node): Case[] {
  const [a, b, c] = [between(2, 4), between(2, 4), between(2, 4)] as const;
  return [
    {
      name,
      inputs: [
        [a, b, c],
        [a, b, c],
      ],
      build: op,
    },
    {
      name: `${name}, broadcast left`,
      inputs: [
        [b, 1],
        [a, b, c],
      ],
      build: op,
    },
    {
      name: `${name}, broadcast right`,
      inputs: [
        [a, b, c],
        [1, c],
      ],
      build: op,
    },
    { name: `${name} of one value with itself`, inputs: [[a, b]], build: (x) => op(x, x) },
  ];
}

function convolution(kernel: number, stride: number): Case[] {
  return some(() => {
    const [n, ci, co] = [between(1, 3), between(1, 4), between(1, 4)];
    const pads = [
      between(0, kernel - 1),
      between(0, kernel - 1),
      between(0, kernel - 1),
      between(0, kernel - 1),
    ] as const;
    return {
      name: `conv2d ${kernel}x${kernel}, stride ${stride}, pads ${pads}`,
      inputs: [
        [n, ci, between(kernel, 9), between(kernel, 9)],
        [co, ci, kernel, kernel],
      ],
      build: (x, w) => g.conv2d(x, w, { stride, pads }),
    };
  });
}

function transposed(kernel: number, stride: number): Case[] {
  return some(() => {
    const [n, ci, co] = [between(1, 3), between(1, 4), between(1, 4)];
    const outputPadding = [between(0, stride - 1), between(0, stride - 1)] as const;
    const pads = [between(0, 1), between(0, 1), between(0, 1), between(0, 1)] as const;
    return {
      name: `convTranspose2d ${kernel}x${kernel}, stride ${stride}, pads ${pads}, output padding ${outputPadding}`,
      inputs: [
        [n, ci, between(2, 5), between(2, 5)],
        [ci, co, kernel, kernel],
      ],
      build: (x, w) => g.convTranspose2d(x, w, { stride, pads, outputPadding }),
    };
  });
}

const cases: Case[] = [
  ...unary('relu', g.relu),
  ...unary('leakyRelu', (x) => g.leakyRelu(x, 0.2)),
  ...unary('sigmoid', g.sigmoid),
  ...unary('exp', g.exp),
  ...unary('log', g.log),
  ...unary('sqrt', g.sqrt),
  ...unary('abs', g.abs),
  ...unary('neg', g.neg),
  ...binary('add', g.add),
  ...binary('sub', g.sub),
  ...binary('mul', g.mul),
  ...binary('div', g.div),
  {
    name: 'matmul',
    inputs: [
      [3, 4],
      [4, 2],
    ],
    build: g.matmul,
  },
  {
    name: 'matmul of batches',
    inputs: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    build: g.matmul,
  },
  {
    name: 'matmul with a shared right side',
    inputs: [
      [2, 3, 4],
      [4, 5],
    ],
    build: g.matmul,
  },
  ...[1, 2, 3, 5].flatMap((kernel) => [1, 2, 3].flatMap((stride) => convolution(kernel, stride))),
  {
    name: 'conv2d over many positions',
    inputs: [
      [2, 3, 11, 13],
      [4, 3, 3, 3],
    ],
    build: (x, w) => g.conv2d(x, w, { pads: 'same' }),
  },
  {
    name: 'conv2d 2x3',
    inputs: [
      [2, 3, 6, 7],
      [4, 3, 2, 3],
    ],
    build: (x, w) => g.conv2d(x, w, { pads: 'same' }),
  },
  ...[2, 3].flatMap((kernel) => [1, 2].flatMap((stride) => transposed(kernel, stride))),
  { name: 'depthToSpace', inputs: [[2, 8, 3, 2]], build: (x) => g.depthToSpace(x, 2) },
  { name: 'spaceToDepth', inputs: [[2, 3, 6, 4]], build: (x) => g.spaceToDepth(x, 2) },
  { name: 'upsampleNearest', inputs: [[2, 3, 3, 2]], build: (x) => g.upsampleNearest(x, 2) },
  { name: 'maxPool', inputs: [[2, 3, 4, 6]], build: (x) => g.maxPool(x, 2) },
  { name: 'averagePool', inputs: [[2, 3, 4, 6]], build: (x) => g.averagePool(x, 2) },
  ...unary('softplus', (x) => g.softplus(g.sub(x, 0.8))),
  { name: 'resizeLinear up', inputs: [[2, 3, 3, 4]], build: (x) => g.resizeLinear(x, 7, 6) },
  { name: 'resizeLinear down', inputs: [[1, 2, 6, 5]], build: (x) => g.resizeLinear(x, 3, 4) },
  {
    name: 'concat',
    inputs: [
      [2, 1, 3],
      [2, 4, 3],
    ],
    build: (a, b) => g.concat([a, b], 1),
  },
  { name: 'concat of one value twice', inputs: [[2, 3]], build: (a) => g.concat([a, a], 0) },
  { name: 'reshape', inputs: [[2, 6]], build: (x) => g.reshape(x, [3, 4]) },
  { name: 'transpose', inputs: [[2, 3, 4]], build: (x) => g.transpose(x, [2, 0, 1]) },
  { name: 'broadcast', inputs: [[3, 1]], build: (x) => g.broadcast(x, [2, 3, 4]) },
  { name: 'slice', inputs: [[4, 5, 3]], build: (x) => g.slice(x, [1, 2, 0], [2, 3, 3]) },
  { name: 'flip', inputs: [[3, 4]], build: (x) => g.flip(x, [0, 1]) },
  { name: 'pad', inputs: [[2, 3]], build: (x) => g.pad(x, [1, 0], [2, 3]) },
  { name: 'reduceSum', inputs: [[2, 3, 4]], build: (x) => g.reduceSum(x, [0, 2]) },
  { name: 'reduceMean', inputs: [[2, 3, 4]], build: (x) => g.reduceMean(x, [1]) },
  {
    name: 'l1',
    inputs: [
      [2, 3],
      [2, 3],
    ],
    build: l1,
  },
  {
    name: 'mse',
    inputs: [
      [2, 3],
      [2, 3],
    ],
    build: mse,
  },
  {
    name: 'charbonnier',
    inputs: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => charbonnier(a, b),
  },
  {
    name: 'bceWithLogits',
    inputs: [
      [2, 3],
      [2, 3],
    ],
    build: bceWithLogits,
  },
  {
    name: 'dissimilarity',
    inputs: [
      [2, 2, 12, 13],
      [2, 2, 12, 13],
    ],
    build: dissimilarity,
  },
];

describe.each(cases)('the gradient of $name', ({ inputs: shapes, build }) => {
  const nodes = shapes.map((size, index) => g.input(`x${index}`, size));
  const output = build(...nodes);
  // Different weights on every output value, so that no two can be mixed up unseen.
  const weights = values(output.shape, false);
  const loss = g.reshape(g.reduceSum(g.mul(output, g.constant(weights.data, output.shape))), []);
  const inputs = Object.fromEntries(shapes.map((size, index) => [`x${index}`, values(size, true)]));
  const graph = Object.fromEntries(gradients(loss, nodes).map((node, index) => [`d${index}`, node]));

  it('agrees with TensorFlow.js', async () => {
    const ours = await runGraph({ loss, ...graph }, inputs);
    const theirs = await oracle(loss, inputs);
    expect(ours.loss?.[0]).toBeCloseTo(theirs.value, 3);
    for (const [index, gradient] of theirs.gradients.entries()) {
      expect(largestDifference(ours[`d${index}`], gradient)).toBeLessThan(1e-4);
    }
  });

  it('agrees with central finite differences', async () => {
    const ours = await runGraph(graph, inputs);
    for (const name of Object.keys(inputs)) {
      const direction = values(inputs[name]?.shape ?? [], false).data;
      const [above, below] = await Promise.all(
        [1, -1].map((side) => runGraph({ loss }, moved(inputs, name, direction, side * step))),
      );
      const numeric = ((above?.loss?.[0] ?? Number.NaN) - (below?.loss?.[0] ?? Number.NaN)) / (2 * step);
      const analytic = dot(ours[`d${name.slice(1)}`], direction);
      const size = norm(ours[`d${name.slice(1)}`]) * norm(direction);
      expect(Math.abs(numeric - analytic)).toBeLessThan(2e-2 * size + 2e-2);
    }
  });
});

/** Large enough for 32-bit floats, small enough for the curvature of the cases. */
const step = 4e-3;

function moved(inputs: Record<string, Value>, name: string, direction: Float32Array, by: number) {
  const { shape: size, data } = inputs[name] as Value;
  return {
    ...inputs,
    [name]: { shape: size, data: data.map((value, i) => value + by * (direction[i] ?? 0)) },
  };
}

function largestDifference(a: Float32Array | undefined, b: Float32Array): number {
  expect(a?.length).toBe(b.length);
  const scale = Math.max(1, ...b.map(Math.abs));
  return Math.max(...b.map((value, i) => Math.abs(value - (a?.[i] ?? Number.NaN)))) / scale;
}

function dot(a: Float32Array | undefined, b: Float32Array): number {
  return b.reduce((sum, value, i) => sum + value * (a?.[i] ?? Number.NaN), 0);
}

function norm(a: Float32Array | undefined): number {
  return Math.sqrt(dot(a, a ?? new Float32Array()));
}

it('stops the gradient where it is told to', async () => {
  const x = g.input('x', [2]);
  const loss = g.reshape(g.reduceSum(g.mul(x, g.stopGradient(x))), []);
  const [dx] = gradients(loss, [x]);
  const inputs = { x: { shape: [2], data: Float32Array.of(3, -5) } };
  // As if one factor were a constant: x, not 2 x.
  expect((await runGraph({ dx: dx ?? x }, inputs)).dx).toEqual(Float32Array.of(3, -5));
  expect((await oracle(loss, inputs)).gradients[0]).toEqual(Float32Array.of(3, -5));
});

it('shares the gradient of a maximum among equals', async () => {
  const x = g.input('x', [1, 1, 2, 2]);
  const [dx] = gradients(g.reshape(g.maxPool(x, 2), []), [x]);
  const out = await runGraph(
    { dx: dx ?? x },
    { x: { shape: [1, 1, 2, 2], data: Float32Array.of(4, 1, 4, 2) } },
  );
  expect(out.dx).toEqual(Float32Array.of(0.5, 0, 0.5, 0));
});
