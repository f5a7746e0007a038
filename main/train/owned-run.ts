/** A run in the hands of one process, which leaves word when it lets go of it too early. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RelumeError, toFailure } from '../library/failure.ts';
import { makeFolder } from '../library/make-folder.ts';
import { bundledModels } from '../library/paths.ts';
import { RunError, type RunFiles } from './run-files.ts';
import { RunLock } from './run-lock.ts';
import { readStatus, writeStatus } from './run-status.ts';

/** @throws RunError when a new run cannot have this name */
export function refuseTaken(files: Pick<RunFiles<unknown>, 'begun'>, name: string): void {
  if (files.begun) {
    throw new RunError(
      `There is a run named ${name} already: go on with --resume, or choose another --name.`,
    );
  }
  if (existsSync(join(bundledModels, name))) {
    throw new RunError(`${name} is the name of a bundled model: choose another --name.`);
  }
}

/**
 * Works on a run as its only owner. Whatever goes wrong pauses the run, with the reason in its status.
 *
 * @throws RunError when another process trains it; what the work throws
 */
export async function owned<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(folder);
  const lock = await RunLock.acquire(folder);
  try {
    return await work();
  } catch (error) {
    const failure = explained(error, name);
    await pauseStatus(folder, failure);
    throw failure;
  } finally {
    await lock.release();
  }
}

/** The error with a sentence for the person, where the system's own says nothing to them. */
function explained(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') return error;
  const message = `The disk is full, so ${name} is paused: free some space, then resume it.`;
  return new RelumeError({ code: 'disk-full', message });
}

async function pauseStatus(folder: string, error: unknown): Promise<void> {
  const status = await readStatus(folder);
  if (!status) return;
  const { reason: _, phase: __, ...rest } = status;
  const { code, message } = toFailure(error);
  // On a full disk even this may fail; the reason is on its way to the person already.
  await writeStatus(folder, {
    ...rest,
    state: 'paused',
    ...(code !== 'cancelled' && { reason: message }),
  }).catch(() => undefined);
}
