import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { forkNode } from '../../../main/compute/fork-node.ts';
import { ComputeHost } from '../../../main/compute/host.ts';
import type { SaveOptions } from '../../../preload/contract.ts';
import { type BuiltEntry, buildEntry } from './build-entry.ts';

let entry: BuiltEntry;
let host: ComputeHost;

beforeAll(async () => {
  entry = await buildEntry(new URL('./tiny-process.ts', import.meta.url));
});
afterAll(() => entry.remove());
afterEach(() => host.stop());

const started = () => {
  host = new ComputeHost(forkNode(entry.path));
  return host;
};
const options: SaveOptions = { strength: 100, format: 'keep', quality: 92, stripMetadata: false };
const save = (path: string) => ({
  ...options,
  path,
  chain: [{ model: 'm', sigma: 25 }],
  device: 'auto' as const,
});
/** The process that answers: the tiny process tells its id as sigma. */
const pid = async () => (await host.call('open', { path: 'a' })).sigma;

test('starts the process with the first call and keeps it', async () => {
  started();
  const first = await pid();
  expect(first).not.toBe(process.pid);
  expect(await pid()).toBe(first);
});

test('carries bytes and progress', async () => {
  started();
  const tile = await host.call('tile', { path: 'a', layer: 'source', level: 0, x: 9, y: 0 });
  expect([...tile]).toEqual([9, 2, 3]);
  const told: unknown[] = [];
  await host.call('save', save('a'), { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([{ progress: 0.5, device: 'auto' }]);
});

test('a call in the middle of which the process is killed fails with the reason', async () => {
  await expect(started().call('open', { path: 'crash' })).rejects.toMatchObject({
    code: 'compute-crashed',
    // Windows knows no signals.
    reason: expect.stringMatching(process.platform === 'win32' ? 'status' : 'SIGKILL'),
  });
});

test('every call that waits for a crashed process fails, and the next one starts a new process', async () => {
  started();
  const before = await pid();
  const waiting = host.call('save', save('endless'));
  const exit = host.call('open', { path: 'exit' });
  await expect(exit).rejects.toThrow('The compute process stopped: it ended with status 3.');
  await expect(waiting).rejects.toMatchObject({ code: 'compute-crashed' });
  expect(await pid()).not.toBe(before);
});

test('a process that cannot be started is a crash with a reason', async () => {
  host = new ComputeHost(forkNode(join(import.meta.dirname, 'no-such-entry.mjs')));
  await expect(host.call('devices', {})).rejects.toMatchObject({ code: 'compute-crashed' });
});

test('a cancel reaches the handler', async () => {
  const cancel = new AbortController();
  const call = started().call('save', save('endless'), {
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

test('a call that is cancelled beforehand starts nothing', async () => {
  let forks = 0;
  host = new ComputeHost(() => {
    forks++;
    return forkNode(entry.path)();
  });
  const call = host.call('save', save('a'), { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(forks).toBe(0);
});

test('stopping ends the process and the calls that wait, and nothing starts another', async () => {
  started();
  const ended = await pid();
  const waiting = host.call('save', save('endless'));
  host.stop();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await vi.waitFor(() => expect(() => process.kill(ended, 0)).toThrow('ESRCH'), { timeout: 30_000 });
  await expect(pid()).rejects.toMatchObject({ code: 'cancelled' });
});

test('what the process prints does not reach standard output', async () => {
  const parent = await buildEntry(new URL('./tiny-parent.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [parent.path, entry.path], { encoding: 'utf8' });
  await parent.remove();
  expect(stdout).toBe('');
  expect(stderr).toBe('printed by the compute process\n');
});

test.skipIf(process.platform === 'win32')(
  'Ctrl-C is main’s to handle: the process goes on until it is told',
  async () => {
    started();
    const before = await pid();
    process.kill(before, 'SIGINT');
    expect(await pid()).toBe(before);
  },
);
