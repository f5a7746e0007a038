/** What a network costs. */
import { type Node, sizeOf, topologicalOrder } from './graph/graph.ts';

/** Multiply-accumulates of every convolution and matrix product that the output depends on. */
export function multiplyAccumulates(output: Node): number {
  let total = 0;
  for (const { op, inputs, shape } of topologicalOrder([output])) {
    const [x, weight] = inputs;
    if (!x || !weight) continue;
    if (op.kind === 'conv2d') total += sizeOf(shape) * sizeOf(weight.shape.slice(1));
    else if (op.kind === 'convTranspose2d') total += sizeOf(x.shape) * sizeOf(weight.shape.slice(1));
    else if (op.kind === 'matmul') total += sizeOf(shape) * (x.shape.at(-1) ?? 0);
  }
  return total;
}
