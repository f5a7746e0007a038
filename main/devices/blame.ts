/** Remembers which device took the compute process with it. */
import type { DeviceId } from '../../preload/contract.ts';
import { readDeviceRecord, recordFailure } from '../library/device-file.ts';
import { toFailure } from '../library/failure.ts';
import { readSettings } from '../library/settings.ts';
import { chosenDevice, type DeviceTask } from './choose-device.ts';

/**
 * Waits for work in the compute process; where that crashes, the devices that it worked on are not used again until
 * they have been measured anew.
 *
 * @param asked the device that was asked for
 * @throws what the work throws
 */
export async function blaming<T>(
  asked: DeviceId,
  tasks: readonly DeviceTask[],
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = toFailure(error);
    if (code === 'compute-crashed') await blame(asked, tasks, message);
    throw error;
  }
}

async function blame(asked: DeviceId, tasks: readonly DeviceTask[], reason: string): Promise<void> {
  const [{ device: pinned }, record] = await Promise.all([readSettings(), readDeviceRecord()]);
  const ids = new Set(tasks.map((task) => chosenDevice(asked, pinned, record, task)));
  for (const id of ids) if (id !== 'cpu') await recordFailure(id, reason);
}

/** What a restoration's steps ask of devices. */
export function tasksOf(chain: readonly { readonly model: string }[]): DeviceTask[] {
  return chain.map(({ model }) => ({ kind: 'inference', model }));
}
