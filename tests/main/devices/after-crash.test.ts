import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { goingOn } from '../../../main/devices/after-crash.ts';
import { readDeviceRecord, writeDeviceRecord } from '../../../main/library/device-file.ts';
import { RelumeError } from '../../../main/library/failure.ts';
import type { Recovery } from '../../../main/train/training-device.ts';
import type { DeviceId } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { cpu, gpu, record } from './known-devices.ts';

let home: TemporaryFolder;
let run: string;
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  run = join(home.path, 'runs/mine');
  await mkdir(run, { recursive: true });
  await writeDeviceRecord(record([cpu({}, 1), gpu({}, 9)]));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await home.remove();
});

const crash = (message: string) => new RelumeError({ code: 'compute-crashed', message });
const segfault = crash('The compute process stopped: it was ended by SIGSEGV.');
const killed = crash(
  'The compute process stopped: it was ended by the system (SIGKILL), most likely for want of memory.',
);

interface Options {
  readonly run: string;
  readonly resume: boolean;
  readonly device: DeviceId;
  readonly name: string;
  readonly recovery?: Recovery;
}

/** Trains with these ends one after the other; keeps what was asked for. */
function ending(...ends: (RelumeError | undefined)[]) {
  const asked: Options[] = [];
  const train = async (options: Options) => {
    asked.push(options);
    const end = ends[asked.length - 1];
    if (end) throw end;
    return 'trained';
  };
  return { asked, train };
}
const begin = () => writeFile(join(run, 'log.jsonl'), '');
const options = (device: DeviceId): Options => ({ run, resume: false, device, name: 'mine' });

it('goes on on the CPU when a device takes the process with it, and says so', async () => {
  await begin();
  const { asked, train } = ending(segfault, undefined);
  expect(await goingOn(options('auto'), train)).toBe('trained');
  expect(asked[1]).toMatchObject({ name: 'mine', resume: true, device: 'cpu', recovery: { parts: 1 } });
  expect(asked[1]?.recovery?.note).toContain('SIGSEGV');
  expect((await readDeviceRecord())?.failures.webgpu).toContain('SIGSEGV');
});

it('gives the device another chance after a week', async () => {
  await begin();
  await goingOn(options('auto'), ending(segfault, undefined).train);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 24 * 3_600_000 });
  expect((await readDeviceRecord())?.failures.webgpu).toBeDefined();
  vi.setSystemTime(Date.now() + 2 * 24 * 3_600_000);
  expect((await readDeviceRecord())?.failures.webgpu).toBeUndefined();
});

it('takes ever smaller parts on the same device when the system wants its memory, and blames nothing', async () => {
  await begin();
  const { asked, train } = ending(killed, killed, undefined);
  expect(await goingOn(options('auto'), train)).toBe('trained');
  expect(asked.map(({ device, recovery }) => [device, recovery?.parts])).toEqual([
    ['auto', undefined],
    ['auto', 2],
    ['auto', 4],
  ]);
  expect(asked[2]?.resume).toBe(true);
  expect((await readDeviceRecord())?.failures).toEqual({});
});

it.each([
  ['the CPU itself crashes', 'cpu', [segfault]],
  ['memory is not enough for the smallest parts', 'cpu', Array.from({ length: 9 }, () => killed)],
  ['it was no crash', 'webgpu', [new RelumeError({ code: 'run', message: 'No.' })]],
] as const)('gives up when %s', async (_, device, ends) => {
  await begin();
  const { asked, train } = ending(...ends);
  await expect(goingOn(options(device), train)).rejects.toBe(ends[0]);
  expect(asked.length).toBeLessThanOrEqual(5);
});

it('has nothing to go on with before the run has begun', async () => {
  const { asked, train } = ending(segfault, undefined);
  await expect(goingOn(options('webgpu'), train)).rejects.toBe(segfault);
  expect(asked.length).toBe(1);
});
