/** Gradients of convolutions, in the formulations that run fast as plain ONNX operations. */

import type { Node, Op, Shape } from './graph/graph.ts';
import * as g from './graph/graph.ts';

type Conv2d = Extract<Op, { kind: 'conv2d' }>;
type ConvTranspose2d = Extract<Op, { kind: 'convTranspose2d' }>;

/**
 * Gradient with respect to x [N, Ci, H, W].
 *
 * At stride 1 it is a convolution of dy with the weight turned by 180° and its channel axes swapped, which
 * is faster than the equal ConvTranspose.
 */
export function inputGradient(x: Node, weight: Node, dy: Node, op: Conv2d): Node {
  if (op.groups !== 1) throw new Error('conv2d: grouped convolutions have no gradient');
  const [, , h = 0, w = 0] = x.shape;
  const [, , kh = 1, kw = 1] = weight.shape;
  const [top, left, bottom, right] = op.pads;
  if (op.stride === 1 && Math.max(top, bottom) < kh && Math.max(left, right) < kw) {
    return g.conv2d(dy, turned(weight), {
      pads: [kh - 1 - top, kw - 1 - left, kh - 1 - bottom, kw - 1 - right],
    });
  }
  const outputPadding = [(h + top + bottom - kh) % op.stride, (w + left + right - kw) % op.stride] as const;
  return g.convTranspose2d(dy, weight, { stride: op.stride, pads: op.pads, outputPadding });
}

/**
 * [Co, Ci, kh, kw] to [Ci, Co, kh, kw], every kernel turned by 180°.
 *
 * The turn is a product with a reversal matrix: a Slice with negative steps takes ten times as long.
 */
function turned(weight: Node): Node {
  const [co = 1, ci = 1, kh = 1, kw = 1] = weight.shape;
  const taps = kh * kw;
  const reversal = new Float32Array(taps * taps);
  for (let tap = 0; tap < taps; tap++) reversal[tap * taps + taps - 1 - tap] = 1;
  const reversed = g.matmul(g.reshape(weight, [co * ci, taps]), g.constant(reversal, [taps, taps]));
  return g.transpose(g.reshape(reversed, [co, ci, kh, kw]), [1, 0, 2, 3]);
}

/**
 * Gradient with respect to the weight [Co, Ci, kh, kw].
 *
 * Every formulation is a matrix product of dy [Co, positions] with the patches of x [Ci kh kw, positions].
 */
export function weightGradient(x: Node, weight: Shape, dy: Node, op: Pick<Conv2d, 'stride' | 'pads'>): Node {
  const [co = 1, ci = 1, kh = 1, kw = 1] = weight;
  const [n = 1, , oh = 1, ow = 1] = dy.shape;
  const patches = kh === 1 && kw === 1 && op.stride === 1 ? x : gatherPatches(x, ci, kh, kw, op);
  const rows = g.reshape(dy, [n, co, oh * ow]);
  const columns = g.reshape(patches, [n, ci * kh * kw, oh * ow]);
  // Few positions a picture: one long product over the batch beats many short ones and their sum.
  if (oh * ow < 64) {
    const long = (part: Node, channels: number) =>
      g.reshape(g.transpose(part, [1, 0, 2]), [channels, n * oh * ow]);
    return g.reshape(g.matmul(long(rows, co), g.transposeLast(long(columns, ci * kh * kw))), weight);
  }
  // The patches stand on the left: it is the right side that a matrix product must first repack.
  const products = g.reshape(g.matmul(columns, g.transposeLast(rows)), [n, ci * kh * kw * co]);
  // The sum over the batch as a product with ones, three times as fast as ReduceSum.
  const sum = g.matmul(g.constant(new Float32Array(n).fill(1), [1, n]), products);
  return g.reshape(g.transpose(g.reshape(sum, [ci * kh * kw, co]), [1, 0]), weight);
}

/**
 * im2col: [N, Ci, H, W] to [N, Ci kh kw, OH, OW], as a grouped convolution with one-hot kernels.
 *
 * One pass of a tuned kernel, where slicing tap by tap needs kh kw passes.
 */
function gatherPatches(
  x: Node,
  ci: number,
  kh: number,
  kw: number,
  op: Pick<Conv2d, 'stride' | 'pads'>,
): Node {
  const taps = kh * kw;
  const oneHot = new Float32Array(ci * taps * taps);
  for (let row = 0; row < ci * taps; row++) oneHot[row * taps + (row % taps)] = 1;
  const kernel = g.constant(oneHot, [ci * taps, 1, kh, kw]);
  return g.conv2d(x, kernel, { stride: op.stride, pads: op.pads, groups: ci });
}

/** Gradient of convTranspose2d with respect to its weight [Ci, Co, kh, kw]: a convolution's with the roles swapped. */
export function transposedWeightGradient(x: Node, weight: Shape, dy: Node, op: ConvTranspose2d): Node {
  return weightGradient(dy, weight, x, op);
}
