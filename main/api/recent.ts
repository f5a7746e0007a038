/** The files that were opened last, in `recent.json`. */
import { access } from 'node:fs/promises';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../library/json-file.ts';
import { isUpload, recentFile, samplePath } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

const most = 12;

export class RecentFiles {
  #last: Promise<unknown> = Promise.resolve();
  #waiting: string[] = [];

  /** Those that are still there, the latest first. */
  list(): Promise<string[]> {
    return this.#next(async () => {
      const paths = await read();
      const there = await Promise.all(paths.map(isThere));
      return paths.filter((_, index) => there[index]);
    });
  }

  /** Remembers files that were opened; not copies that a browser has sent, which do not stay. */
  add(paths: readonly string[]): void {
    const lasting = paths.filter((path) => path !== samplePath && !isUpload(path));
    if (lasting.length === 0) return;
    const written = this.#waiting.length > 0;
    this.#waiting.push(...lasting);
    if (!written) void this.#next(() => this.#keep());
  }

  /** Waits until all that was opened is remembered. */
  async flush(): Promise<void> {
    await this.#last;
  }

  clear(): Promise<void> {
    return this.#next(() => writeJsonFile(recentFile(), []));
  }

  /** All that has come since the last writing, at once. */
  async #keep(): Promise<void> {
    const latest = [...this.#waiting.splice(0).reverse(), ...(await read())];
    await writeJsonFile(recentFile(), [...new Set(latest)].slice(0, most)).catch((error: Error) => {
      process.stderr.write(`The list of recent files was not kept: ${error.message}\n`);
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done;
    return done;
  }
}

const read = async (): Promise<string[]> => (await readJsonFile(recentFile(), z.array(z.string()))) ?? [];

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

type RecentRequest = 'pictures.recent' | 'pictures.forgetRecent';

export const recentAnswers = ({ recent }: ApiContext): Answers<RecentRequest> => ({
  'pictures.recent': () => recent.list(),
  'pictures.forgetRecent': async () => {
    await recent.clear();
    return {};
  },
});
