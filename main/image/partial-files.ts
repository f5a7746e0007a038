/** Names of files that are being written, and the removal of those whose writer was killed. */
import { createHash, randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * This computer, and on Linux the container within it: process numbers mean nothing beyond.
 *
 * Folders may be shared over a network, so that what another computer writes lies in them too.
 */
const place = createHash('sha256').update(hostname()).update(processNamespace()).digest('hex').slice(0, 12);

function processNamespace(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Without /proc nothing tells containers apart; their host names do as a rule.
    return '';
  }
}

const pattern = /^\.relume-([0-9a-f]{12})-(\d+)-[0-9a-f-]{36}\.partial(\.v)?$/;

/** A name that says who is writing. */
export function partialName(): string {
  return `.relume-${place}-${process.pid}-${randomUUID()}.partial`;
}

const swept = new Set<string>();

/** Removes, once for each folder, what processes of this computer that are no more left half written. */
export async function sweepPartials(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  // What is wrong with the folder is said when the file itself is written.
  const names = await readdir(folder).catch((): string[] => []);
  // Another process may sweep at the same time; and what cannot be removed does no harm.
  for (const name of names.filter(isStale)) await unlink(join(folder, name)).catch(() => undefined);
}

function isStale(name: string): boolean {
  const [, writtenAt, writer] = pattern.exec(name) ?? [];
  return writtenAt === place && !isAlive(Number(writer));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else's may not be signalled, but it is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
