import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOwned, RunLock } from '../../../main/train/run-lock.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const ownedBy = (pid: number) =>
  writeFile(join(folder.path, 'owner.json'), JSON.stringify({ pid, token: 'another' }));

it('a run has one owner at a time', async () => {
  const lock = await RunLock.acquire(folder.path);
  await expect(RunLock.acquire(folder.path)).rejects.toThrow(`by process ${process.pid}`);
  expect(await isOwned(folder.path)).toBe(true);
  await lock.release();
  expect(await isOwned(folder.path)).toBe(false);
  await (await RunLock.acquire(folder.path)).release();
});

it('a run whose owner was killed can be taken', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await ownedBy(child.pid ?? 0);
  expect(await isOwned(folder.path)).toBe(false);
  await (await RunLock.acquire(folder.path)).release();
});

it('a living process that shows no sign for a minute is not the owner any more', async () => {
  await ownedBy(process.pid);
  expect(await isOwned(folder.path)).toBe(true);
  const before = new Date(Date.now() - 61_000);
  await utimes(join(folder.path, 'owner.json'), before, before);
  expect(await isOwned(folder.path)).toBe(false);
});

it('an owner that was replaced leaves the lock of its successor alone', async () => {
  const lock = await RunLock.acquire(folder.path);
  await ownedBy(process.pid);
  await lock.release();
  expect(await isOwned(folder.path)).toBe(true);
});

it('a lock that was cut off in writing holds nobody back', async () => {
  await writeFile(join(folder.path, 'owner.json'), '{"pid":');
  await (await RunLock.acquire(folder.path)).release();
});
