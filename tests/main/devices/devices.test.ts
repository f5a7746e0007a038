import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blaming } from '../../../main/devices/blame.ts';
import { Devices, type Trial } from '../../../main/devices/devices.ts';
import { RelumeError } from '../../../main/library/failure.ts';
import { changeSettings } from '../../../main/library/settings.ts';
import type { Device } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { cpu, gpu, inference } from './known-devices.ts';

let home: TemporaryFolder;
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

/** A machine with a processor and, unless it is taken out, a card that is five times as fast. */
function machine() {
  const measured: Device['id'][] = [];
  const state = { key: 'one', hasCard: true, speed: 10, crash: false };
  const trial: Trial = {
    key: async () => state.key,
    start: async () => {
      const [{ speed: _, ...processor }, { speed: __, ...card }] = [cpu(), gpu({})];
      return [processor, state.hasCard ? card : { ...card, available: false, reason: 'No adapter.' }];
    },
    measure: async (id) => {
      measured.push(id);
      if (id === 'webgpu' && state.crash) throw new Error('It crashed.');
      const { speed } = id === 'cpu' ? cpu({ a: 2 }) : gpu({ a: state.speed });
      return speed ?? expect.fail();
    },
  };
  return { state, measured, devices: () => new Devices(trial) };
}

const task = inference('a');

it('measures where there is a choice, once, and takes the fastest', async () => {
  const { devices, measured } = machine();
  expect(await devices().choose('auto', task)).toBe('webgpu');
  expect(await devices().choose('auto', task)).toBe('webgpu');
  expect((await devices().list('needed')).map(({ verdict }) => verdict)).toEqual([
    'Fastest for training.',
    'Fastest for a.',
  ]);
  expect(measured).toEqual(['cpu', 'webgpu']);
});

it('measures nothing where the CPU is all there is', async () => {
  const { devices, measured, state } = machine();
  state.hasCard = false;
  expect(await devices().choose('auto', task)).toBe('cpu');
  expect((await devices().list('needed')).map(({ verdict }) => verdict)).toEqual([
    'Works for everything.',
    'No adapter.',
  ]);
  expect(measured).toEqual([]);
});

it('tells of the devices before it measures them', async () => {
  const told = vi.fn();
  await machine().devices().list('needed', told);
  expect(told).toHaveBeenCalledExactlyOnceWith([
    expect.objectContaining({ id: 'cpu' }),
    expect.objectContaining({ id: 'webgpu', verdict: 'Works; not measured yet.' }),
  ]);
});

it.each([
  ['versions', (state: { key: string }) => Object.assign(state, { key: 'two' })],
  ['the devices', (state: { hasCard: boolean }) => Object.assign(state, { hasCard: false })],
])('finds out anew when %s have changed', async (_, change) => {
  const { devices, state } = machine();
  await devices().list('needed');
  change(state);
  state.speed = 1;
  await devices().list('needed');
  expect(await devices().choose('auto', task)).toBe('cpu');
});

it('measures only once when several want to know at the same time', async () => {
  const { devices, measured } = machine();
  const shared = devices();
  await Promise.all([shared.list('needed'), shared.choose('auto', task), shared.list('needed')]);
  expect(measured).toEqual(['cpu', 'webgpu']);
});

describe('a device that failed', () => {
  it('while it was measured is left alone until it is measured again', async () => {
    const { devices, measured, state } = machine();
    state.crash = true;
    expect(await devices().choose('auto', task)).toBe('cpu');
    expect(await devices().choose('auto', task)).toBe('cpu');
    expect(measured).toEqual(['cpu', 'webgpu']);
    state.crash = false;
    await devices().list('again');
    expect(await devices().choose('auto', task)).toBe('webgpu');
  });

  it('while it worked, too, and the list says so', async () => {
    const { devices } = machine();
    const before = devices();
    expect(await before.choose('auto', task)).toBe('webgpu');
    await before.failed('webgpu', 'Device lost.');
    expect(await before.choose('auto', task)).toBe('cpu');
    const [, card] = await devices().list('needed');
    expect(card?.verdict).toContain('Device lost.');
    await before.list('again');
    expect(await before.choose('auto', task)).toBe('webgpu');
  });

  it('because the process crashed is the one that was at work', async () => {
    const { devices } = machine();
    await devices().list('needed');
    const crash = new RelumeError({ code: 'compute-crashed', message: 'It was ended by SIGSEGV.' });
    await expect(blaming('auto', [task], Promise.reject(crash))).rejects.toBe(crash);
    expect(await devices().choose('auto', task)).toBe('cpu');
  });

  it('is not blamed for what is no crash', async () => {
    const { devices } = machine();
    await devices().list('needed');
    const other = new RelumeError({ code: 'damaged', message: 'It is cut off.' });
    await expect(blaming('auto', [task], Promise.reject(other))).rejects.toBe(other);
    expect(await devices().choose('auto', task)).toBe('webgpu');
  });
});

it('takes what the person has set, without measuring', async () => {
  const { devices, measured } = machine();
  await changeSettings({ device: 'cpu' });
  expect(await devices().choose('auto', task)).toBe('cpu');
  expect(await devices().choose('webgpu', task)).toBe('webgpu');
  expect(measured).toEqual([]);
});

it('sets a record aside that it cannot read, and finds out anew', async () => {
  const { devices } = machine();
  const path = join(home.path, 'devices.json');
  await writeFile(path, '{ "key": 7');
  expect(await devices().choose('auto', task)).toBe('webgpu');
  expect(await readFile(`${path}.unreadable`, 'utf8')).toBe('{ "key": 7');
});

it('says why a device cannot be used, and finds out again what did not work before', async () => {
  const { devices, state } = machine();
  expect(await devices().whyNot('cpu')).toBeUndefined();
  state.hasCard = false;
  expect(await devices().whyNot('dml')).toBe('There is none on this system.');
  expect(await devices().whyNot('webgpu')).toBe('No adapter.');
  state.hasCard = true;
  expect(await devices().whyNot('webgpu')).toBeUndefined();
});
