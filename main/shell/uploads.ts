/** Copies of the files that were dropped into a browser window: a page cannot tell where a file lies. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RelumeError } from '../library/failure.ts';
import { safeName } from './upload-name.ts';

/** Largest file that is taken, in bytes. */
const largestUpload = 2 * 2 ** 30;
/** Copies that a run left behind when it was killed are removed after this many milliseconds. */
const staleAfter = 7 * 24 * 3600 * 1000;

export class Uploads {
  readonly #folder: string;
  /** For the copies of this run. */
  readonly #own: string;
  readonly #largest: number;

  constructor(folder: string, largest: number = largestUpload) {
    this.#folder = folder;
    this.#own = join(folder, randomUUID());
    this.#largest = largest;
  }

  /**
   * Stores a file under its own name in a folder of its own, below those it came from.
   *
   * @param name with the names of the dropped folders that it lay in before it, divided by slashes
   * @returns its path
   * @throws {RelumeError} 'bad-request' for a name that leads elsewhere, 'too-large', 'disk-full'
   */
  async receive(name: string, body: AsyncIterable<Uint8Array>): Promise<string> {
    const names = name.split('/').map(safeName);
    const folder = join(this.#own, ...names.slice(0, -1), randomUUID());
    const path = join(folder, names.at(-1) ?? '');
    await mkdir(folder, { recursive: true });
    try {
      await write(`${path}.part`, this.#bounded(name, body));
      await rename(`${path}.part`, path);
      return path;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw isDiskFull(error)
        ? new RelumeError({ code: 'disk-full', message: `There is no room on the disk for ${name}.` })
        : error;
    }
  }

  /** Removes this run's copies. */
  async clear(): Promise<void> {
    await rm(this.#own, { recursive: true, force: true });
  }

  /** Removes what runs that were killed left behind. */
  async clearStale(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const folder = join(this.#folder, name);
      const { mtimeMs } = await stat(folder);
      if (now - mtimeMs > staleAfter) await rm(folder, { recursive: true, force: true });
    }
  }

  async *#bounded(name: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > this.#largest) {
        const limit = `${Math.round(this.#largest / 2 ** 20)} MB`;
        throw new RelumeError({
          code: 'too-large',
          message: `${name} is larger than ${limit}, the most that a browser window can send.`,
        });
      }
      yield chunk;
    }
  }
}

async function write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC';
