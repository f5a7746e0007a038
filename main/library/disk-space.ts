/** Whether results have room, before any work is spent on them. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RelumeError } from './failure.ts';
import { findModel } from './models.ts';

/** Bytes that a result may take: those of its source, times what the models enlarge it. */
export async function spaceFor(path: string, chain: readonly { readonly model: string }[]): Promise<number> {
  let growth = 1;
  for (const { model } of chain) growth *= (await scaleOf(model)) ** 2;
  return growth * (await sizeOf(path));
}

/** @throws {RelumeError} 'no-space' when the drive of a folder has less than so many bytes left */
export async function requireSpace(needed: number, place: string): Promise<void> {
  const free = await freeAt(place);
  if (free === undefined || needed <= free) return;
  const message = `The results need about ${Math.ceil(needed / 1e6)} MB, but ${place} has ${left(free)} left.`;
  throw new RelumeError({ code: 'no-space', message });
}

/** Free bytes of the drive that a folder, or the nearest one above it, lies on; undefined where none can tell. */
async function freeAt(folder: string): Promise<number | undefined> {
  const drive = await statfs(folder).catch(() => undefined);
  // /proc and its like hold no files: making the folder will say so.
  if (drive) return drive.blocks === 0 ? undefined : drive.bavail * drive.bsize;
  const above = dirname(folder);
  return above === folder ? undefined : freeAt(above);
}

/** A model that is not there is told when it is run. */
const scaleOf = (model: string): Promise<number> =>
  findModel(model).then(
    ({ card }) => card?.scale ?? 1,
    () => 1,
  );

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const left = (bytes: number) => (bytes < 1e6 ? 'less than 1 MB' : `${Math.floor(bytes / 1e6)} MB`);
