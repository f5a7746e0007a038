/** The devices on which ONNX Runtime can run here. */
import { cpus } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device, DeviceId } from '../../preload/contract.ts';
import * as g from './graph/graph.ts';
import { toOnnx } from './onnx.ts';

type RuntimeDevice = Device['id'];

const names: Record<RuntimeDevice, () => string> = {
  cpu: () => `CPU · ${processorName(cpus()[0]?.model) || process.arch}`,
  webgpu: () => 'GPU · WebGPU',
};

/** Every device with whether it works, found by running a small graph on it. */
export async function listDevices(): Promise<Device[]> {
  const ids: RuntimeDevice[] = ['cpu', 'webgpu'];
  const devices: Device[] = [];
  for (const id of ids) {
    const reason = await whyUnavailable(id);
    devices.push({ id, name: names[id](), available: reason === undefined, ...(reason && { reason }) });
  }
  return devices;
}

/** 'auto' is the CPU until devices are compared by speed. */
export function chooseDevice(id: DeviceId): RuntimeDevice {
  return id === 'auto' ? 'cpu' : id;
}

export function deviceName(id: RuntimeDevice): string {
  return names[id]();
}

async function whyUnavailable(id: RuntimeDevice): Promise<string | undefined> {
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

/** "Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz" becomes "Intel Core i7-8650U". */
function processorName(model = ''): string {
  return model
    .replace(/\((R|TM)\)/gi, '')
    .replace(/\b(CPU|Processor)\b.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function whyNotStarted(id: RuntimeDevice, message: string): string {
  if (/no supported adapters|failed to get a webgpu adapter/i.test(message)) {
    return 'No GPU with a Vulkan, Metal or Direct3D 12 driver was found.';
  }
  if (/backend not found|not available|unsupported/i.test(message)) {
    return `This build of ONNX Runtime has no ${id} provider.`;
  }
  return `It could not be started: ${message.split('\n')[0]}`;
}
