/**
 * A network as a graph of typed operations: the single description that is run, differentiated and exported.
 *
 * Nodes are immutable and know their shape; a graph is whatever is reachable from a node. All values are
 * 32-bit floats. Pictures are [N, C, H, W].
 */

export type Shape = readonly number[];

/** [top, left, bottom, right], in samples. */
export type Pads = readonly [number, number, number, number];

export type UnaryKind = 'relu' | 'sigmoid' | 'exp' | 'log' | 'sqrt' | 'abs' | 'sign' | 'nonzero' | 'neg';
export type BinaryKind = 'add' | 'sub' | 'mul' | 'div';

export type Op =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: Float32Array }
  | { readonly kind: UnaryKind }
  | { readonly kind: BinaryKind }
  | { readonly kind: 'leakyRelu'; readonly alpha: number }
  | { readonly kind: 'matmul' }
  | { readonly kind: 'conv2d'; readonly stride: number; readonly pads: Pads; readonly groups: number }
  | {
      readonly kind: 'convTranspose2d';
      readonly stride: number;
      readonly pads: Pads;
      readonly outputPadding: readonly [number, number];
    }
  | { readonly kind: 'depthToSpace'; readonly block: number }
  | { readonly kind: 'spaceToDepth'; readonly block: number }
  | { readonly kind: 'upsampleNearest'; readonly scale: number }
  | { readonly kind: 'maxPool'; readonly size: number }
  | { readonly kind: 'stopGradient' }
  | { readonly kind: 'reshape' }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'transpose'; readonly permutation: readonly number[] }
  | { readonly kind: 'concat'; readonly axis: number }
  | { readonly kind: 'slice'; readonly starts: readonly number[] }
  | { readonly kind: 'flip'; readonly axes: readonly number[] }
  | { readonly kind: 'pad'; readonly before: readonly number[] }
  | { readonly kind: 'reduceSum'; readonly axes: readonly number[] };

export interface Node {
  readonly op: Op;
  readonly inputs: readonly Node[];
  readonly shape: Shape;
}

/** Shapes that do not fit, found while the graph is built. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly code = 'shape';
  readonly operation: string;

  constructor(operation: string, shapes: readonly Shape[], rule: string) {
    super(
      `${operation}: ${shapes.map((shape) => `[${shape.join(', ')}]`).join(' and ')} do not fit: ${rule}.`,
    );
    this.operation = operation;
  }
}

/** @throws ShapeError when the rule does not hold. */
export function requireShape(
  holds: boolean,
  operation: string,
  shapes: readonly Shape[],
  rule: string,
): void {
  if (!holds) throw new ShapeError(operation, shapes, rule);
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The four sizes of a picture tensor. @throws ShapeError for any other rank. */
export function picture(operation: string, node: Node): readonly [number, number, number, number] {
  const [n, c, h, w, ...rest] = node.shape;
  if (n === undefined || c === undefined || h === undefined || w === undefined || rest.length > 0) {
    throw new ShapeError(operation, [node.shape], 'expected [N, C, H, W]');
  }
  return [n, c, h, w];
}

/** A value handed in at every run. */
export function input(name: string, shape: Shape): Node {
  return { op: { kind: 'input', name }, inputs: [], shape };
}

/** A trainable value. */
export function parameter(name: string, shape: Shape): Node {
  return { op: { kind: 'parameter', name }, inputs: [], shape };
}

export function constant(values: Float32Array, shape: Shape): Node {
  requireShape(
    values.length === sizeOf(shape),
    'constant',
    [[values.length], shape],
    'one value per element',
  );
  return { op: { kind: 'constant', values }, inputs: [], shape };
}

export function scalar(value: number): Node {
  return constant(Float32Array.of(value), []);
}

/** Every node that the outputs depend on, each after its inputs. */
export function topologicalOrder(outputs: readonly Node[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack = outputs.map((node) => ({ node, expanded: false })).reverse();
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.expanded) order.push(top.node);
    else if (!seen.has(top.node)) {
      seen.add(top.node);
      stack.push({ node: top.node, expanded: true });
      for (const dependency of top.node.inputs.toReversed()) {
        if (!seen.has(dependency)) stack.push({ node: dependency, expanded: false });
      }
    }
  }
  return order;
}
