import { expect, it, vi } from 'vitest';
import { withFallback } from '../../../main/devices/fallback.ts';
import { RelumeError } from '../../../main/library/failure.ts';

const onlyOnCpu = (error: Error) => (id: string) =>
  id === 'cpu' ? Promise.resolve('done') : Promise.reject(error);

it('does work again on the CPU that a device could not do, remembers the device, and says so', async () => {
  const failed = vi.fn();
  const work = onlyOnCpu(new Error('Device lost\n at queue'));
  expect(await withFallback('webgpu', work, failed)).toEqual({
    result: 'done',
    note: 'The device "webgpu" failed: Device lost. It was done again on the CPU.',
  });
  expect(failed).toHaveBeenCalledExactlyOnceWith('webgpu', 'Device lost.');
});

it('blames no device for what the CPU cannot do either', async () => {
  const failed = vi.fn();
  const work = () => Promise.reject(new TypeError('The model gives no picture.'));
  await expect(withFallback('webgpu', work, failed)).rejects.toThrow('The model gives no picture.');
  expect(failed).not.toHaveBeenCalled();
});

it.each([
  ['a cancel', new DOMException('Stop', 'AbortError')],
  ['a missing model', new RelumeError({ code: 'no-such-model', message: 'There is no such model.' })],
])('does not try again after %s', async (_, error) => {
  const work = vi.fn(onlyOnCpu(error));
  await expect(withFallback('webgpu', work, vi.fn())).rejects.toBe(error);
  expect(work).toHaveBeenCalledTimes(1);
});
