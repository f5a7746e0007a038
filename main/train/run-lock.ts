/** Who trains a run: one process at a time, by a file that outlives no crash. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { RunError } from './run-files.ts';

const ownerSchema = z.object({ pid: z.number().int(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** The owner touches its file so often; after so long without, it counts as gone even if its number lives on. */
const beatMs = 5_000;
const goneMs = 60_000;

export class RunLock {
  readonly #path: string;
  readonly #owner: Owner;
  readonly #beat: NodeJS.Timeout;

  private constructor(path: string, owner: Owner) {
    this.#path = path;
    this.#owner = owner;
    // A beat that fails shows in the next checkpoint, which writes to the same folder.
    this.#beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs);
    this.#beat.unref();
  }

  /** @throws RunError when another process trains this run */
  static async acquire(folder: string): Promise<RunLock> {
    const path = pathIn(folder);
    const owner = { pid: process.pid, token: randomUUID() };
    if (await create(path, owner)) return new RunLock(path, owner);
    const other = await livingOwner(folder);
    if (other === undefined) {
      await rm(path, { force: true });
      if (await create(path, owner)) return new RunLock(path, owner);
    }
    const name = basename(folder);
    throw new RunError(
      `${name} is being trained already, by process ${other?.pid ?? 'unknown'}: pause it there first.`,
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    if ((await readOwner(this.#path))?.token === this.#owner.token) await rm(this.#path, { force: true });
  }
}

/** Whether a process trains the run now. */
export async function isOwned(folder: string): Promise<boolean> {
  return (await livingOwner(folder)) !== undefined;
}

const pathIn = (folder: string) => join(folder, 'owner.json');

/** @returns whether the file was not there before */
async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify(owner));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function livingOwner(folder: string): Promise<Owner | undefined> {
  const path = pathIn(folder);
  const file = await stat(path).catch(() => undefined);
  if (!file || Date.now() - file.mtimeMs > goneMs) return undefined;
  const owner = await readOwner(path);
  return owner && isAlive(owner.pid) ? owner : undefined;
}

async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    // Half written by a process that ended at that moment.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !hasEnded(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether a process has ended though its number is still taken, because nobody has asked how (Linux, proc(5)). */
function hasEnded(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2));
  } catch {
    // Other systems have no such file, and their processes leave none behind.
    return false;
  }
}
