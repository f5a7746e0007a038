/** Which device is the fastest for a task among those that gave right results. */
import type { Device, DeviceId, DeviceSpeed } from '../../preload/contract.ts';
import type { DeviceRecord } from '../library/device-file.ts';

/** What a device is wanted for. */
export type DeviceTask =
  | { readonly kind: 'inference' /** A model's id. */; readonly model: string }
  | { readonly kind: 'training' };

export interface Candidate {
  readonly id: Device['id'];
  readonly available: boolean;
  readonly speed?: DeviceSpeed | undefined;
}

/** Higher is faster; undefined where it was not measured, or the result was wrong. */
export function rateFor({ speed }: Candidate, task: DeviceTask): number | undefined {
  if (!speed) return undefined;
  if (task.kind === 'training') return speed.training?.correct ? speed.training.stepsPerSecond : undefined;
  const own = speed.inference.filter(({ model }) => model === task.model);
  // A model that was not measured itself counts as the mean of those that were.
  const measured = own.length > 0 ? own : speed.inference;
  if (measured.length === 0 || measured.some(({ correct }) => !correct)) return undefined;
  return measured.reduce((sum, { megapixelsPerSecond }) => sum + megapixelsPerSecond, 0) / measured.length;
}

/** The CPU, where nothing else is known to be right and faster than it. */
export function fastestDevice(
  devices: readonly Candidate[],
  failures: Readonly<Partial<Record<Device['id'], string>>>,
  task: DeviceTask,
): Device['id'] {
  let best: Device['id'] = 'cpu';
  const cpu = devices.find(({ id }) => id === 'cpu');
  let rate = (cpu && rateFor(cpu, task)) ?? Number.POSITIVE_INFINITY;
  for (const device of devices) {
    if (!device.available || failures[device.id] !== undefined) continue;
    const own = rateFor(device, task) ?? 0;
    if (own > rate) [best, rate] = [device.id, own];
  }
  return best;
}

/**
 * The device that is asked for, else the one that the person has set unless it has failed, else the fastest.
 *
 * @param record undefined when nothing is known of the devices
 */
export function chosenDevice(
  asked: DeviceId,
  pinned: DeviceId,
  record: DeviceRecord | undefined,
  task: DeviceTask,
): Device['id'] {
  if (asked !== 'auto') return asked;
  const { devices, failures } = record ?? { devices: [], failures: {} };
  if (pinned === 'auto') return fastestDevice(devices, failures, task);
  return failures[pinned] === undefined ? pinned : 'cpu';
}
