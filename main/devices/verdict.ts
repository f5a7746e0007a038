/** What is said of a device: what it is used for, or why it is not. */
import type { Device } from '../../preload/contract.ts';
import { type Candidate, type DeviceTask, fastestDevice, rateFor } from './choose-device.ts';

/** @param devices all of them, the one that is judged among them */
export function verdictOn(
  device: Candidate & Pick<Device, 'reason'>,
  devices: readonly Candidate[],
  failures: Readonly<Partial<Record<Device['id'], string>>>,
): string {
  if (!device.available) return device.reason ?? 'It is not available.';
  const failure = failures[device.id];
  if (failure !== undefined) return `Not used until it is measured again: ${failure}`;
  if (!device.speed) return device.id === 'cpu' ? 'Works for everything.' : 'Works; not measured yet.';
  const tasks = tasksOf(device);
  const wrong = tasks.filter(({ task }) => rateFor(device, task) === undefined);
  if (wrong.length > 0 && wrong.length === tasks.length) return 'Wrong results: not used.';
  const used = tasks.filter(({ task }) => fastestDevice(devices, failures, task) === device.id);
  const praise = used.length === tasks.length ? 'Fastest for everything.' : `Fastest for ${listed(used)}.`;
  const remark = wrong.length > 0 ? ` Wrong results for ${listed(wrong)}: not used for that.` : '';
  return (used.length > 0 ? praise : unused(device, devices, tasks)) + remark;
}

interface Named {
  readonly name: string;
  readonly task: DeviceTask;
}

/** What a device was measured at. */
export function tasksOf({ speed }: Candidate): Named[] {
  const { inference = [], training } = speed ?? {};
  const tasks = inference.map(({ model }): Named => ({ name: model, task: { kind: 'inference', model } }));
  return training ? [...tasks, { name: 'training', task: { kind: 'training' } }] : tasks;
}

const listed = (tasks: readonly Named[]) => tasks.map(({ name }) => name).join(', ');

function unused(device: Candidate, devices: readonly Candidate[], tasks: readonly Named[]): string {
  if (device.id === 'cpu') return 'Used where nothing else can be.';
  const cpu = devices.find(({ id }) => id === 'cpu');
  const isSlow = tasks.every(
    ({ task }) => (rateFor(device, task) ?? 0) <= ((cpu && rateFor(cpu, task)) ?? 0),
  );
  return isSlow ? 'Slower than the CPU.' : 'Slower than another device.';
}
