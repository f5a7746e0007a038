import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteRun } from '../../../main/train/delete-run.ts';
import { RunLock } from '../../../main/train/run-lock.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let place: TemporaryFolder;
let run: string;

beforeEach(async () => {
  place = await temporaryFolder();
  run = join(place.path, 'mine');
  await mkdir(join(run, 'checkpoint'), { recursive: true });
  await writeFile(join(run, 'checkpoint', 'newest.safetensors'), 'weights');
});
afterEach(() => place.remove());

it('deletes a run with everything in its folder', async () => {
  await deleteRun(run);
  expect(existsSync(run)).toBe(false);
});

it('refuses while the run is trained, and touches nothing', async () => {
  const lock = await RunLock.acquire(run);
  await expect(deleteRun(run)).rejects.toThrow(
    'mine is being trained: pause or stop it before you delete it.',
  );
  expect(existsSync(join(run, 'checkpoint', 'newest.safetensors'))).toBe(true);
  await lock.release();
});
