/** What networks can run on here, each device tried. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device } from '../../preload/contract.ts';
import { deviceName, type Provider } from './devices.ts';
import * as g from './graph/graph.ts';
import { toOnnx } from './onnx.ts';
import { tensorFlowDevice } from './tensorflow/device.ts';

const providers: readonly Provider[] = ['cpu', 'webgpu'];

/** Every device with whether it works, found by running a small graph on it. */
export async function listDevices(): Promise<Device[]> {
  const devices: Device[] = [];
  for (const id of providers) {
    const reason = await whyUnavailable(id);
    devices.push({ id, name: deviceName(id), available: reason === undefined, ...(reason && { reason }) });
  }
  return [...devices, await tensorFlowDevice()];
}

async function whyUnavailable(id: Provider): Promise<string | undefined> {
  const x = g.input('x', [1]);
  try {
    const session = await InferenceSession.create(toOnnx({ y: g.add(x, 1) }), { executionProviders: [id] });
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1), [1]) });
    await session.release();
    return y?.data[0] === 2 ? undefined : 'It gave a wrong result in a first check.';
  } catch (error) {
    return whyNotStarted(id, error instanceof Error ? error.message : String(error));
  }
}

function whyNotStarted(id: Provider, message: string): string {
  if (/no supported adapters|failed to get a webgpu adapter/i.test(message)) {
    return 'No GPU with a Vulkan, Metal or Direct3D 12 driver was found.';
  }
  if (/backend not found|not available|unsupported/i.test(message)) {
    return `This build of ONNX Runtime has no ${id} provider.`;
  }
  return `It could not be started: ${message.split('\n')[0]}`;
}
