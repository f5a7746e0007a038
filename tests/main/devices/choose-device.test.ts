import { describe, expect, it } from 'vitest';
import { chosenDevice, fastestDevice } from '../../../main/devices/choose-device.ts';
import { cpu, gpu, inference, record, training } from './known-devices.ts';

const none = {};

describe('the fastest device', () => {
  it('is the CPU where nothing was measured', () => {
    expect(fastestDevice([], none, training)).toBe('cpu');
    expect(fastestDevice([gpu({ a: 50 })], none, inference('a'))).toBe('cpu');
    expect(fastestDevice([cpu(), { ...gpu({ a: 50 }), speed: undefined }], none, inference('a'))).toBe('cpu');
  });

  it('is chosen for each task by itself', () => {
    const devices = [cpu({ a: 2, b: 2 }, 5), gpu({ a: 10, b: 1 }, 4)];
    expect(fastestDevice(devices, none, inference('a'))).toBe('webgpu');
    expect(fastestDevice(devices, none, inference('b'))).toBe('cpu');
    expect(fastestDevice(devices, none, training)).toBe('cpu');
  });

  it('for a model that was not measured goes by the mean of those that were', () => {
    expect(fastestDevice([cpu({ a: 2, b: 4 }), gpu({ a: 1, b: 6 })], none, inference('mine'))).toBe('webgpu');
    expect(fastestDevice([cpu({ a: 2, b: 4 }), gpu({ a: 1, b: 4 })], none, inference('mine'))).toBe('cpu');
  });

  it('is never one with wrong results, however fast', () => {
    const devices = [cpu({ a: 2, b: 2 }, 5), gpu({ a: 100, b: 100 }, 100, ['a'])];
    expect(fastestDevice(devices, none, inference('a'))).toBe('cpu');
    expect(fastestDevice(devices, none, inference('b'))).toBe('webgpu');
    expect(fastestDevice(devices, none, inference('mine'))).toBe('cpu');
  });

  it('is none that has failed, or is gone', () => {
    const devices = [cpu({ a: 2 }), gpu({ a: 10 })];
    expect(fastestDevice(devices, { webgpu: 'Lost.' }, inference('a'))).toBe('cpu');
    expect(
      fastestDevice([cpu({ a: 2 }), { ...gpu({ a: 10 }), available: false }], none, inference('a')),
    ).toBe('cpu');
  });
});

describe('the chosen device', () => {
  const known = record([cpu({ a: 2 }), gpu({ a: 10 })]);

  it('is the one that is asked for, whatever was set or measured', () => {
    expect(chosenDevice('cuda', 'cpu', known, inference('a'))).toBe('cuda');
  });

  it('is the one that was set, until it fails', () => {
    expect(chosenDevice('auto', 'cpu', known, inference('a'))).toBe('cpu');
    expect(chosenDevice('auto', 'dml', undefined, inference('a'))).toBe('dml');
    expect(chosenDevice('auto', 'dml', { ...known, failures: { dml: 'Lost.' } }, inference('a'))).toBe('cpu');
  });

  it('is the fastest else', () => {
    expect(chosenDevice('auto', 'auto', known, inference('a'))).toBe('webgpu');
  });
});
