import { describe, expect, it } from 'vitest';
import * as g from '../../../../main/engine/graph/graph.ts';
import { loadNetwork } from '../../../../main/engine/load-network.ts';
import { toOnnx } from '../../../../main/engine/onnx.ts';
import { namedValues, parameterSpecs } from '../../../../main/engine/parameters.ts';
import { TensorFlowGraph } from '../../../../main/engine/tensorflow/graph.ts';
import { initialState } from '../../../../main/engine/trainer.ts';
import { backends, tensorflowOn } from './backends.ts';
import { type SmallNetwork, smallNetworks } from './small-networks.ts';

/** A finished model: any size of picture, weights as 16-bit floats. */
function modelOf({ build, input }: SmallNetwork): Uint8Array {
  const image = g.input('input', [1, ...input.slice(1)]);
  const specs = parameterSpecs((parameters) => build(image, parameters));
  const parameters = namedValues(initialState(specs, 2).parameters, specs);
  return toOnnx({ output: build(image, g.parameter) }, { parameters, freeSize: true, halfParameters: true });
}

describe.each(backends)('on the %s backend', (backend) => {
  it.each(smallNetworks)(
    'a model file of $name gives what ONNX Runtime gives, at any size',
    async (network) => {
      const model = modelOf(network);
      const tf = await tensorflowOn(backend);
      const before = tf.memory().numTensors;
      const graph = new TensorFlowGraph(tf, model);
      const expected = await loadNetwork(model, 'cpu');
      for (const [height, width] of [
        [16, 24],
        [8, 16],
      ] as const) {
        const shape = [1, expected.inputChannels, height, width];
        const data = Float32Array.from({ length: g.sizeOf(shape) }, (_, i) => (Math.sin(i) + 1) / 2);
        const { output = new Float32Array() } = graph.run({ input: { shape, data } });
        const wanted = await expected.run(data, height, width);
        expect(output.length).toBe(wanted.length);
        for (const [i, value] of wanted.entries()) expect(output[i]).toBeCloseTo(value, 5);
      }
      await expected.dispose();
      graph.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
