/** Whether this computer runs on its battery, as far as its system tells without a library. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Linux lists its power supplies here (Documentation/ABI/testing/sysfs-class-power). */
const supplies = '/sys/class/power_supply';

/** Half of the cores, of which each counts as two threads where it can be, so that the battery lasts. */
export function threadsOnBattery(): number {
  return Math.max(1, Math.floor(availableParallelism() / 4));
}

/** False where it cannot be told, as on Windows. */
export async function isOnBattery(): Promise<boolean> {
  if (process.platform === 'linux') return isDischarging(supplies);
  if (process.platform !== 'darwin') return false;
  const { stdout } = await promisify(execFile)('pmset', ['-g', 'batt']).catch(() => ({ stdout: '' }));
  return drawsFromBattery(stdout);
}

/** @param text as `pmset -g batt` prints it */
export function drawsFromBattery(text: string): boolean {
  return /drawing from 'Battery Power'/.test(text);
}

/** @param folder of power supplies, as Linux lists them */
export async function isDischarging(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(names.map((name) => supply(join(folder, name))));
  // The battery of a mouse is none of the computer's.
  const own = all.filter(({ scope }) => scope !== 'Device');
  if (own.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return own.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}

async function supply(folder: string) {
  const read = async (name: string) => (await readFile(join(folder, name), 'utf8').catch(() => '')).trim();
  const [type, scope, online, status] = await Promise.all(['type', 'scope', 'online', 'status'].map(read));
  return { type, scope, online, status };
}
