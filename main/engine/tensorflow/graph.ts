/**
 * Inference on TensorFlow: an ONNX file's graph, run operation by operation.
 *
 * A finished model is an ONNX file and nothing else, whatever network and options it was made with. So it is read back
 * into the graph that it came from, and the one mapping of graph operations serves it; that serves models from
 * elsewhere too, as far as they use the same operations.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { fromOnnx, type OnnxGraph } from '../from-onnx.ts';
import type { Node, Shape } from '../graph/graph.ts';
import { evaluate, floats, type TensorFlow } from './operations.ts';

export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export class TensorFlowGraph {
  readonly file: OnnxGraph;
  readonly #tf: TensorFlow;
  /** The file's weights, on the device until it is disposed of. */
  readonly #weights: ReadonlyMap<string, Tensor>;
  #last: { readonly sizes: string; readonly outputs: Record<string, Node> } | undefined;

  constructor(tf: TensorFlow, model: Uint8Array) {
    this.#tf = tf;
    this.file = fromOnnx(model);
    this.#weights = new Map(
      [...this.file.parameters].map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
    );
  }

  /**
   * Runs once. Blocks the event loop for its whole length.
   *
   * @throws {UnknownOperation}
   */
  run(inputs: Readonly<Record<string, Values>>): Record<string, Float32Array> {
    const tf = this.#tf;
    const named = Object.entries(this.#build(inputs));
    const results = tf.tidy(() => {
      const given = new Map(this.#weights);
      for (const [name, { data, shape }] of Object.entries(inputs))
        given.set(name, tf.tensor(data, [...shape]));
      const tensorOf = evaluate(
        tf,
        named.map(([, node]) => node),
        given,
      );
      return named.map(([, node]) => tensorOf(node));
    });
    const values = results.map(floats);
    tf.dispose(results);
    return Object.fromEntries(named.map(([name], index) => [name, values[index] ?? new Float32Array()]));
  }

  /** A graph has fixed sizes; nearly all tiles of a picture have the same. */
  #build(inputs: Readonly<Record<string, Values>>): Record<string, Node> {
    const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
    const sizes = JSON.stringify(shapes);
    if (this.#last?.sizes === sizes) return this.#last.outputs;
    const outputs = this.file.build(Object.fromEntries(shapes));
    this.#last = { sizes, outputs };
    return outputs;
  }

  dispose(): void {
    this.#tf.dispose([...this.#weights.values()]);
  }
}
