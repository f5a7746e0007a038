/** The devices there are, and what they are called. */
import { cpus } from 'node:os';
import type { Device, DeviceId, Precision } from '../../preload/contract.ts';

/** A device as it is known when it was started, before it is measured. */
export type StartedDevice = Omit<Device, 'speed' | 'fastestFor' | 'verdict'>;

/** A provider of ONNX Runtime's. */
export type Provider = Exclude<Device['id'], 'tensorflow'>;

/** Providers that can be there on a platform, besides the CPU. */
export function providersOf(platform: NodeJS.Platform, arch: string): readonly Provider[] {
  if (platform === 'win32') return ['webgpu', 'dml'];
  if (platform === 'darwin') return ['webgpu', 'coreml'];
  return arch === 'x64' ? ['webgpu', 'cuda'] : ['webgpu'];
}

const interfaces: Record<Exclude<Provider, 'cpu'>, string> = {
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
  cuda: 'CUDA',
};

/** CoreML may compute in half precision; NVIDIA cards use TensorFloat-32 unless told otherwise. */
export const precisionOf: Readonly<Record<Device['id'], Precision>> = {
  cpu: 'float32',
  webgpu: 'float32',
  dml: 'float32',
  coreml: 'float16',
  cuda: 'tf32',
  tensorflow: 'tf32',
};

/** "Radeon 780M · WebGPU". @param adapter its name, where it is known */
export function providerName(id: Provider, adapter = 'GPU'): string {
  if (id === 'cpu') return `CPU · ${processorName(cpus()[0]?.model) || process.arch}`;
  return `${adapter} · ${interfaces[id]}`;
}

/** 'auto' is the CPU here: whoever knows what was measured has chosen before. */
export function chooseDevice(id: DeviceId): Device['id'] {
  return id === 'auto' ? 'cpu' : id;
}

const adapterNames = new Map<Provider, string>();

/** Tells this process what a provider's device is called, which only another process has found out. */
export function nameDevice(id: Provider, name: string): void {
  adapterNames.set(id, name);
}

export function deviceName(id: Provider): string {
  return adapterNames.get(id) ?? providerName(id);
}

/** "Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz" becomes "Intel Core i7-8650U". */
function processorName(model = ''): string {
  return model
    .replace(/\((R|TM)\)/gi, '')
    .replace(/\b(CPU|Processor)\b.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
