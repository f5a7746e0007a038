/** Products and sums over many values: matrices, reductions, convolutions, resizing. */
import { mul } from './elementwise.ts';
import { reshape, transposeLast } from './layout.ts';
import { constant, type Node, type Pads, picture, requireShape, sizeOf } from './node.ts';

/** Sums over the axes, which keep size 1. */
export function reduceSum(x: Node, axes: readonly number[] = x.shape.map((_, axis) => axis)): Node {
  const fits = axes.every((axis) => axis >= 0 && axis < x.shape.length);
  requireShape(fits, 'reduceSum', [x.shape, axes], 'axes must exist');
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return { op: { kind: 'reduceSum', axes }, inputs: [x], shape };
}

/** Means over the axes, which keep size 1. */
export function reduceMean(x: Node, axes?: readonly number[]): Node {
  const sum = reduceSum(x, axes);
  return mul(sum, sizeOf(sum.shape) / sizeOf(x.shape));
}

/** [..., M, K] x [..., K, N]; leading axes must be equal, or absent on the right. */
export function matmul(a: Node, b: Node): Node {
  const [m, k] = a.shape.slice(-2);
  const [k2, n] = b.shape.slice(-2);
  const batch = a.shape.slice(0, -2);
  const batchFits = b.shape.length === 2 || b.shape.slice(0, -2).join() === batch.join();
  const fits = m !== undefined && n !== undefined && k === k2 && batchFits;
  requireShape(fits, 'matmul', [a.shape, b.shape], 'inner sizes and leading axes must be equal');
  return { op: { kind: 'matmul' }, inputs: [a, b], shape: [...batch, m ?? 0, n ?? 0] };
}

export interface Conv2dOptions {
  readonly stride?: number;
  /** 'same' keeps height and width at stride 1 for odd kernels. */
  readonly pads?: Pads | 'same';
  readonly groups?: number;
}

/**
 * Cross-correlation, as every framework's "convolution".
 *
 * @param x [N, Ci, H, W]
 * @param weight [Co, Ci / groups, kh, kw]
 */
export function conv2d(x: Node, weight: Node, options: Conv2dOptions = {}): Node {
  const { stride = 1, groups = 1 } = options;
  const [n, ci, h, w] = picture('conv2d', x);
  const [co, perGroup, kh, kw] = picture('conv2d', weight);
  const fits = ci === perGroup * groups && co % groups === 0;
  requireShape(fits, 'conv2d', [x.shape, weight.shape], 'channels must match the weight');
  const pads = options.pads === 'same' ? samePads(kh, kw) : (options.pads ?? [0, 0, 0, 0]);
  const outH = Math.floor((h + pads[0] + pads[2] - kh) / stride) + 1;
  const outW = Math.floor((w + pads[1] + pads[3] - kw) / stride) + 1;
  requireShape(
    outH > 0 && outW > 0,
    'conv2d',
    [x.shape, weight.shape],
    'the kernel is larger than the picture',
  );
  return { op: { kind: 'conv2d', stride, pads, groups }, inputs: [x, weight], shape: [n, co, outH, outW] };
}

function samePads(kh: number, kw: number): Pads {
  const [top, left] = [Math.floor((kh - 1) / 2), Math.floor((kw - 1) / 2)];
  return [top, left, kh - 1 - top, kw - 1 - left];
}

export interface ConvTranspose2dOptions {
  readonly stride?: number;
  readonly pads?: Pads;
  readonly outputPadding?: readonly [number, number];
}

/**
 * The adjoint of conv2d with the same weight, stride and pads.
 *
 * @param x [N, Ci, H, W]
 * @param weight [Ci, Co, kh, kw]
 */
export function convTranspose2d(x: Node, weight: Node, options: ConvTranspose2dOptions = {}): Node {
  const { stride = 1, pads = [0, 0, 0, 0], outputPadding = [0, 0] } = options;
  const [n, ci, h, w] = picture('convTranspose2d', x);
  const [ciWeight, co, kh, kw] = picture('convTranspose2d', weight);
  requireShape(ci === ciWeight, 'convTranspose2d', [x.shape, weight.shape], 'channels must match the weight');
  const outH = (h - 1) * stride - pads[0] - pads[2] + kh + outputPadding[0];
  const outW = (w - 1) * stride - pads[1] - pads[3] + kw + outputPadding[1];
  requireShape(outH > 0 && outW > 0, 'convTranspose2d', [x.shape, weight.shape], 'nothing would be left');
  const op = { kind: 'convTranspose2d', stride, pads, outputPadding } as const;
  return { op, inputs: [x, weight], shape: [n, co, outH, outW] };
}

/** Repeats every sample scale x scale times. */
export function upsampleNearest(x: Node, scale: number): Node {
  const [n, c, h, w] = picture('upsampleNearest', x);
  return { op: { kind: 'upsampleNearest', scale }, inputs: [x], shape: [n, c, h * scale, w * scale] };
}

/** The largest of every size x size block. */
export function maxPool(x: Node, size: number): Node {
  const [n, c, h, w] = picture('maxPool', x);
  const divides = h % size === 0 && w % size === 0;
  requireShape(divides, 'maxPool', [x.shape, [size]], 'height and width must divide by size');
  return { op: { kind: 'maxPool', size }, inputs: [x], shape: [n, c, h / size, w / size] };
}

/** The mean of every size x size block. */
export function averagePool(x: Node, size: number): Node {
  const [n, c, h, w] = picture('averagePool', x);
  const divides = h % size === 0 && w % size === 0;
  requireShape(divides, 'averagePool', [x.shape, [size]], 'height and width must divide by size');
  const blocks = reshape(x, [n, c, h / size, size, w / size, size]);
  return reshape(reduceMean(blocks, [3, 5]), [n, c, h / size, w / size]);
}

/** Bilinear resize with half-pixel centres and clamped edges, as two products with constant matrices. */
export function resizeLinear(x: Node, height: number, width: number): Node {
  const [n, c, h, w] = picture('resizeLinear', x);
  const columns = matmul(reshape(x, [n, c * h, w]), transposeLast(linearMatrix(width, w)));
  const rows = transposeLast(reshape(columns, [n * c, h, width]));
  return reshape(transposeLast(matmul(rows, transposeLast(linearMatrix(height, h)))), [n, c, height, width]);
}

/** [to, from]: row i holds the weights of the two source samples around target sample i. */
function linearMatrix(to: number, from: number): Node {
  const values = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const centre = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const low = Math.floor(centre);
    const high = Math.min(low + 1, from - 1);
    const atLow = i * from + low;
    values[atLow] = (values[atLow] ?? 0) + 1 - (centre - low);
    const atHigh = i * from + high;
    values[atHigh] = (values[atHigh] ?? 0) + (centre - low);
  }
  return constant(values, [to, from]);
}
