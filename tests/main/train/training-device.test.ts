import { expect, it, vi } from 'vitest';
import { TrainingDevice } from '../../../main/train/training-device.ts';

function onGpu() {
  const onFailed = vi.fn(async () => undefined);
  return { device: new TrainingDevice('webgpu', onFailed), onFailed };
}

it('goes on on the device, a batch in parts, when memory runs out, and says so once without blaming it', () => {
  const { device, onFailed } = onGpu();
  expect(device.partsOf(16)).toBe(1);
  device.meet({ kind: 'batch-divided', parts: 2 });
  device.meet({ kind: 'batch-divided', parts: 4 });
  expect(device.id).toBe('webgpu');
  expect(device.takeNote()).toContain('in 4 parts');
  expect(device.takeNote()).toBeUndefined();
  expect(onFailed).not.toHaveBeenCalled();
});

it('keeps the parts for stages of other batches, as far as those can be divided', () => {
  const { device } = onGpu();
  device.meet({ kind: 'batch-divided', parts: 4 });
  expect(device.partsOf(8)).toBe(4);
  expect(device.partsOf(6)).toBe(2);
  expect(device.partsOf(3)).toBe(1);
});

it('goes on on the CPU, a whole batch at a time, when the device is too small, and does not blame it', () => {
  const { device, onFailed } = onGpu();
  device.meet({ kind: 'batch-divided', parts: 4 });
  device.meet({ kind: 'device-too-small' });
  expect([device.id, device.partsOf(16)]).toEqual(['cpu', 1]);
  expect(device.takeNote()).toContain('too small');
  expect(onFailed).not.toHaveBeenCalled();
});

it('goes on on the CPU when the device fails, and says why to whoever chooses devices', () => {
  const { device, onFailed } = onGpu();
  device.meet({ kind: 'device-failed', reason: 'Device lost.' });
  expect(device.id).toBe('cpu');
  expect(device.takeNote()).toContain('Device lost.');
  expect(onFailed).toHaveBeenCalledExactlyOnceWith('webgpu', 'Device lost.');
});

it('begins in parts, and says why, where its process has crashed for want of memory', () => {
  const recovery = { parts: 4, note: 'It went on.' };
  const device = new TrainingDevice('webgpu', async () => undefined, recovery);
  expect(device.partsOf(16)).toBe(4);
  expect(device.takeNote()).toBe('It went on.');
});
