/** Inference: an ONNX file made ready on a device. */
import { readFile } from 'node:fs/promises';
import schema from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Convention, Device } from '../../preload/contract.ts';
import { deviceName, type Provider } from './devices.ts';
import { foreignNetwork } from './foreign-network.ts';
import { ModelError } from './model-error.ts';
import { refuseOutside } from './model-file.ts';
import type { Network } from './network.ts';
import { UnknownOperation } from './onnx-operations.ts';
import { sessionOptions } from './session-options.ts';
import { TensorFlowGraph } from './tensorflow/graph.ts';
import { loadTensorFlow } from './tensorflow/load.ts';
import type { TensorFlow } from './tensorflow/operations.ts';

/** Models may say which multiple their picture sizes must have, and how much larger they make them; 1 by default. */
export const multipleKey = 'relume.multiple';
export const scaleKey = 'relume.scale';

/**
 * @param model path of the ONNX file, or its bytes
 * @param convention how a model from elsewhere takes pictures
 * @throws ModelError when it is not one picture in, one picture out
 */
export async function loadNetwork(
  model: string | Uint8Array,
  id: Device['id'],
  convention?: Convention,
): Promise<Network> {
  const bytes = typeof model === 'string' ? await readFile(model) : model;
  const label = typeof model === 'string' ? model : 'The model';
  refuseOutside(bytes, label);
  const session = await openModel(bytes, label, id);
  if (convention) return foreignNetwork(session, convention);
  const { name: input, channels: inputChannels } = onlyPicture(session.inputs, label, 'input');
  const { name: output, channels: outputChannels } = onlyPicture(session.outputs, label, 'output');
  return {
    inputChannels,
    outputChannels,
    multiple: readWhole(bytes, multipleKey),
    scale: readWhole(bytes, scaleKey),
    device: session.device,
    async run(values, height, width) {
      const results = await session.run(input, values, [1, inputChannels, height, width]);
      const samples = results[output];
      if (!samples) throw new ModelError(`${label} did not give float values.`);
      return samples;
    },
    dispose: () => session.dispose(),
  };
}

/** @throws ModelError */
export function openModel(bytes: Uint8Array, label: string, id: Device['id']): Promise<ModelSession> {
  return id === 'tensorflow' ? openOnTensorFlow(bytes, label) : openOnOnnxRuntime(bytes, label, id);
}

/** A model as either engine has it ready. */
export interface ModelSession {
  readonly device: string;
  readonly inputs: readonly Side[];
  readonly outputs: readonly Side[];
  /** Values of the outputs that are floats, by name. */
  run(input: string, values: Float32Array, shape: readonly number[]): Promise<Record<string, Float32Array>>;
  dispose(): Promise<void>;
}

/** An input or output; its sizes are known, named or free, and absent when it is no tensor of floats. */
interface Side {
  readonly name: string;
  readonly sizes?: readonly (number | string | undefined)[] | undefined;
}

async function openOnOnnxRuntime(bytes: Uint8Array, label: string, id: Provider): Promise<ModelSession> {
  const session = await InferenceSession.create(bytes, sessionOptions(id)).catch((error) => {
    throw unusable(label, error);
  });
  const sides = (metadata: readonly InferenceSession.ValueMetadata[]) =>
    metadata.map((side) => ({
      name: side.name,
      sizes: side.isTensor && side.type === 'float32' ? side.shape : undefined,
    }));
  return {
    device: deviceName(id),
    inputs: sides(session.inputMetadata),
    outputs: sides(session.outputMetadata),
    async run(input, values, shape) {
      const results = await session.run({ [input]: new Tensor('float32', values, shape) });
      return Object.fromEntries(
        Object.entries(results).flatMap(([name, { data }]) =>
          data instanceof Float32Array ? [[name, data]] : [],
        ),
      );
    },
    dispose: () => session.release(),
  };
}

async function openOnTensorFlow(bytes: Uint8Array, label: string): Promise<ModelSession> {
  const { tf, name: device } = await loadTensorFlow();
  const graph = openGraph(tf, bytes, label);
  const sides = (all: TensorFlowGraph['file']['inputs']) =>
    [...all].map(([name, sizes]) => ({ name, sizes }));
  return {
    device,
    inputs: sides(graph.file.inputs),
    outputs: sides(graph.file.outputs),
    async run(input, data, shape) {
      try {
        return graph.run({ [input]: { data, shape } });
      } catch (error) {
        if (!(error instanceof UnknownOperation)) throw error;
        throw new ModelError(`${label} does not run on TensorFlow, only elsewhere: ${error.message}.`);
      }
    },
    dispose: async () => graph.dispose(),
  };
}

function openGraph(tf: TensorFlow, bytes: Uint8Array, label: string): TensorFlowGraph {
  try {
    return new TensorFlowGraph(tf, bytes);
  } catch (error) {
    throw unusable(label, error);
  }
}

function unusable(label: string, error: unknown): ModelError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelError(`${label} cannot be used as a model: ${reason.split('\n')[0]}`);
}

function onlyPicture(found: readonly Side[], label: string, side: 'input' | 'output') {
  const [value] = found;
  if (!value || found.length !== 1)
    throw new ModelError(`${label} has ${found.length} ${side}s; expected one.`);
  const channels = value.sizes?.[1];
  if (value.sizes?.length !== 4 || typeof channels !== 'number') {
    throw new ModelError(`The ${side} of ${label} is not a float picture [N, C, H, W].`);
  }
  return { name: value.name, channels };
}

function readWhole(bytes: Uint8Array, name: string): number {
  const { metadataProps } = schema.onnx.ModelProto.decode(bytes);
  const value = Number(metadataProps.find(({ key }) => key === name)?.value ?? 1);
  return Number.isInteger(value) && value > 0 ? value : 1;
}
