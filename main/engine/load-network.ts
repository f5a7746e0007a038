/** Inference: an ONNX file made ready on a device. */
import { readFile } from 'node:fs/promises';
import schema from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DeviceId } from '../../preload/contract.ts';
import { chooseDevice, deviceName } from './devices.ts';
import type { Network } from './network.ts';

/** A model that cannot be used; the message names it and the reason. */
class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code = 'model-unusable';
}

/** Models may say which multiple their picture sizes must have, and how much larger they make them; 1 by default. */
export const multipleKey = 'relume.multiple';
export const scaleKey = 'relume.scale';

/**
 * @param model path of the ONNX file, or its bytes
 * @throws ModelError when it is not one picture in, one picture out
 */
export async function loadNetwork(model: string | Uint8Array, device: DeviceId): Promise<Network> {
  const bytes = typeof model === 'string' ? await readFile(model) : model;
  const label = typeof model === 'string' ? model : 'The model';
  const id = chooseDevice(device);
  const session = await createSession(bytes, label, id);
  const { name: input, channels: inputChannels } = onlyPicture(session.inputMetadata, label, 'input');
  const { name: output, channels: outputChannels } = onlyPicture(session.outputMetadata, label, 'output');
  return {
    inputChannels,
    outputChannels,
    multiple: readWhole(bytes, multipleKey),
    scale: readWhole(bytes, scaleKey),
    device: deviceName(id),
    async run(values, height, width) {
      const fed = new Tensor('float32', values, [1, inputChannels, height, width]);
      const { [output]: result } = await session.run({ [input]: fed });
      if (!(result?.data instanceof Float32Array))
        throw new ModelError(`${label} did not give float values.`);
      return result.data;
    },
    dispose: () => session.release(),
  };
}

async function createSession(bytes: Uint8Array, label: string, id: 'cpu' | 'webgpu') {
  try {
    return await InferenceSession.create(bytes, { executionProviders: [id] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelError(`${label} cannot be used as a model: ${reason.split('\n')[0]}`);
  }
}

function onlyPicture(
  found: readonly InferenceSession.ValueMetadata[],
  label: string,
  side: 'input' | 'output',
) {
  const [value] = found;
  if (!value || found.length !== 1)
    throw new ModelError(`${label} has ${found.length} ${side}s; expected one.`);
  const channels = value.isTensor ? value.shape[1] : undefined;
  const fits = value.isTensor && value.type === 'float32' && value.shape.length === 4;
  if (!fits || typeof channels !== 'number') {
    throw new ModelError(`The ${side} of ${label} is not a float picture [N, C, H, W].`);
  }
  return { name: value.name, channels };
}

function readWhole(bytes: Uint8Array, name: string): number {
  const { metadataProps } = schema.onnx.ModelProto.decode(bytes);
  const value = Number(metadataProps.find(({ key }) => key === name)?.value ?? 1);
  return Number.isInteger(value) && value > 0 ? value : 1;
}
