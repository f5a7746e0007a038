/** Which device a network runs on, and what it is called. */
import { cpus } from 'node:os';
import type { Device, DeviceId } from '../../preload/contract.ts';

/** A provider of ONNX Runtime's. */
export type Provider = Exclude<Device['id'], 'tensorflow'>;

const names: Record<Provider, () => string> = {
  cpu: () => `CPU · ${processorName(cpus()[0]?.model) || process.arch}`,
  webgpu: () => 'GPU · WebGPU',
};

/** 'auto' is the CPU until devices are compared by speed; TensorFlow is so never taken unasked. */
export function chooseDevice(id: DeviceId): Device['id'] {
  return id === 'auto' ? 'cpu' : id;
}

export function deviceName(id: Provider): string {
  return names[id]();
}

/** "Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz" becomes "Intel Core i7-8650U". */
function processorName(model = ''): string {
  return model
    .replace(/\((R|TM)\)/gi, '')
    .replace(/\b(CPU|Processor)\b.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
