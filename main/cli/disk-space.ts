/** Whether the results of a batch have room, before any work is spent on it. */
import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RelumeError } from '../library/failure.ts';
import { findModel } from '../library/models.ts';
import type { NamedPicture } from './named-pictures.ts';
import type { RestoreSettings } from './restore-files.ts';

/** @throws {RelumeError} 'no-space' when there is less than the sources times their growth */
export async function requireSpace(
  files: readonly NamedPicture[],
  { chain, output, folder }: RestoreSettings,
): Promise<void> {
  const [first] = files;
  if (!first) return;
  const place = resolve(folder ?? dirname(output ?? first.path));
  const free = await freeAt(place);
  const growth = await growthOf(chain);
  const sizes = await Promise.all(files.map(({ path }) => sizeOf(path)));
  const needed = growth * sizes.reduce((sum, size) => sum + size, 0);
  if (free === undefined || needed <= free) return;
  const message = `The results need about ${megabytes(needed)} MB, but ${place} has ${megabytes(free)} MB left.`;
  throw new RelumeError({ code: 'no-space', message });
}

/** Free bytes of the drive that a folder, or the nearest one above it, lies on; undefined where none can tell. */
async function freeAt(folder: string): Promise<number | undefined> {
  const drive = await statfs(folder).catch(() => undefined);
  if (drive) return drive.bavail * drive.bsize;
  const above = dirname(folder);
  return above === folder ? undefined : freeAt(above);
}

async function growthOf(chain: RestoreSettings['chain']): Promise<number> {
  let growth = 1;
  for (const { model } of chain) growth *= ((await findModel(model)).card?.scale ?? 1) ** 2;
  return growth;
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
