/** Structural similarity as a loss. */
import type { Node } from './graph/graph.ts';
import * as g from './graph/graph.ts';

const window = 11;
const deviation = 1.5;

/**
 * 1 - SSIM (Wang, Bovik, Sheikh and Simoncelli 2004) of pictures in 0..1, with their 11 x 11 Gaussian window at
 * every position inside the picture; mean over pictures, channels and positions.
 *
 * @param prediction [N, C, H, W], at least 11 x 11
 * @param target the same shape
 * @returns []
 */
export function dissimilarity(prediction: Node, target: Node): Node {
  const [n = 1, c = 1, h = 1, w = 1] = prediction.shape;
  // Channels become pictures of their own: the window is the same for all.
  const [x, y] = [prediction, target].map((part) => g.reshape(part, [n * c, 1, h, w])) as [Node, Node];
  const [mx, my] = [blurred(x), blurred(y)];
  const [mxx, myy, mxy] = [g.mul(mx, mx), g.mul(my, my), g.mul(mx, my)];
  const variances = g.sub(blurred(g.add(g.mul(x, x), g.mul(y, y))), g.add(mxx, myy));
  const covariance = g.sub(blurred(g.mul(x, y)), mxy);
  const numerator = g.mul(g.add(g.mul(mxy, 2), c1), g.add(g.mul(covariance, 2), c2));
  const denominator = g.mul(g.add(g.add(mxx, myy), c1), g.add(variances, c2));
  const similarity = g.reduceMean(g.div(numerator, denominator));
  return g.sub(g.scalar(1), g.reshape(similarity, []));
}

const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/** Gaussian means, along the rows and then along the columns. */
function blurred(x: Node): Node {
  const weights = Float32Array.from({ length: window }, (_, i) =>
    Math.exp(-((i - (window - 1) / 2) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const kernel = weights.map((weight) => weight / sum);
  const rows = g.conv2d(x, g.constant(kernel, [1, 1, 1, window]));
  return g.conv2d(rows, g.constant(kernel, [1, 1, window, 1]));
}
