/** Everything a network is described with. */
export * from './algebra.ts';
export * from './elementwise.ts';
export * from './layout.ts';
export {
  constant,
  input,
  type Node,
  type Op,
  parameter,
  type Shape,
  ShapeError,
  scalar,
  sizeOf,
  topologicalOrder,
} from './node.ts';
