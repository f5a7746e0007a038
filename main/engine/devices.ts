/** The devices on which ONNX Runtime can run here. */
import { cpus } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Device, DeviceId } from '../../preload/contract.ts';
import * as g from './graph/graph.ts';
import { toOnnx } from './onnx.ts';

type RuntimeDevice = Device['id'];

const names: Record<RuntimeDevice, () => string> = {
  cpu: () => `CPU · ${cpus()[0]?.model.trim() ?? process.arch}`,
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
    return `It could not be started: ${firstLine(error)}`;
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}
