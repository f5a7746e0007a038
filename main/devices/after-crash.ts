/** Training that goes on from its last checkpoint when its process has crashed. */
import { z } from 'zod';
import type { DeviceId } from '../../preload/contract.ts';
import { readDeviceRecord, recordFailure } from '../library/device-file.ts';
import { toFailure } from '../library/failure.ts';
import { readSettings } from '../library/settings.ts';
import { RunFiles } from '../train/run-files.ts';
import type { Recovery } from '../train/training-device.ts';
import { chosenDevice } from './choose-device.ts';

interface Restartable {
  /** Folder of the run. */
  readonly run: string;
  readonly resume: boolean;
  readonly device: DeviceId;
  readonly recovery?: Recovery;
}

/** Parts of a batch beyond which memory is not to be had by smaller ones. */
const mostParts = 16;

/**
 * Trains in the compute process, and once more when that crashes: in smaller parts where it wanted memory, which is
 * no fault of the device; else on the CPU, and the device is not used again for a while.
 *
 * @throws what training throws, and the crash where nothing else is left to try
 */
export async function goingOn<O extends Restartable, T>(
  options: O,
  train: (options: O) => Promise<T>,
): Promise<T> {
  try {
    return await train(options);
  } catch (error) {
    const again = await afterCrash(options, error);
    if (!again) throw error;
    return goingOn({ ...options, ...again }, train);
  }
}

async function afterCrash(
  { run, device, recovery }: Restartable,
  error: unknown,
): Promise<Pick<Restartable, 'resume' | 'device' | 'recovery'> | undefined> {
  const { code, message } = toFailure(error);
  if (code !== 'compute-crashed' || !new RunFiles(run, z.unknown()).begun) return undefined;
  if (/want of memory/.test(message)) {
    const parts = 2 * (recovery?.parts ?? 1);
    if (parts > mostParts) return undefined;
    const note = `The system ended training for want of memory. It went on from the last checkpoint, with a batch in ${parts} parts, one after the other; the result stays the same.`;
    return { resume: true, device, recovery: { parts, note } };
  }
  const [{ device: pinned }, record] = await Promise.all([readSettings(), readDeviceRecord()]);
  const id = chosenDevice(device, pinned, record, { kind: 'training' });
  if (id === 'cpu') return undefined;
  await recordFailure(id, message);
  const note = `The device "${id}" took training with it: ${message} It went on from the last checkpoint, on the CPU.`;
  return { resume: true, device: 'cpu', recovery: { parts: 1, note } };
}
