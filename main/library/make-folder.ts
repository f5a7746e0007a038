/** Folders that a person names for results. */
import { mkdir } from 'node:fs/promises';
import { RelumeError } from './failure.ts';
import { writingReason } from './system-reason.ts';

/** Makes a folder with those above it, where there is none. @throws {RelumeError} 'no-folder' with the reason */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    const message = `The folder ${folder} cannot be made: ${writingReason(error)}.`;
    throw new RelumeError({ code: 'no-folder', message });
  });
}
