/** A run that is no longer wanted. Its model is no part of it. */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { RunError } from './run-files.ts';
import { isOwned, RunLock } from './run-lock.ts';

/**
 * Deletes the run's folder: its curves, previews and checkpoints.
 *
 * @throws RunError while the run is trained, by whatever process
 */
export async function deleteRun(folder: string): Promise<void> {
  if (await isOwned(folder)) {
    throw new RunError(`${basename(folder)} is being trained: pause or stop it before you delete it.`);
  }
  // Nobody may go on with it while its files disappear.
  const lock = await RunLock.acquire(folder);
  try {
    await rm(folder, { recursive: true });
  } finally {
    await lock.release();
  }
}
