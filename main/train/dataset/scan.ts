/** The scan of a collection: every picture looked at once, in order, with what speaks against it. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Finding } from '../../../preload/contract.ts';
import { findPictures } from '../../library/find-pictures.ts';
import { findingsOf } from './findings.ts';
import { Likeness } from './likeness.ts';
import type { Looked } from './look-pool.ts';
import { ScanCache } from './scan-cache.ts';

/** A picture as it was found; without a size when it could not be read. */
export interface Examined {
  readonly width: number;
  readonly height: number;
  readonly findings: readonly Finding[];
}

/** First every path that was found, then the pictures in the same order, a few at a time. */
export type ScanProgress =
  | { readonly kind: 'found'; readonly paths: readonly string[] }
  | { readonly kind: 'examined'; readonly pictures: readonly Examined[] };

export interface ScanResult {
  /** For each path the number of its group of near duplicates or of its burst. */
  readonly groups: readonly number[];
}

/** Where pictures are looked at: worker threads, or a stand-in. */
export interface Looker {
  readonly width: number;
  look(path: string): Promise<Looked>;
}

/** Milliseconds between two reports, and between two writings of the cache. */
const reportEvery = 100;
const saveEvery = 20_000;

/**
 * Scans files and folders.
 *
 * @param cacheFolder where results are kept, so that a picture is decoded once only
 * @throws {RelumeError} 'no-folder'; the signal's reason when cancelled, with all that was done kept
 */
export async function scan(
  paths: readonly string[],
  cacheFolder: string,
  looker: Looker,
  signal: AbortSignal,
  report: (progress: ScanProgress) => void,
): Promise<ScanResult> {
  const found = await findPictures(paths);
  report({ kind: 'found', paths: found });
  const cache = new ScanCache(cacheFolder);
  const likeness = new Likeness();
  const pictures = new Portions<Examined>(reportEvery, (portion) =>
    report({ kind: 'examined', pictures: portion }),
  );
  let saved = performance.now();
  try {
    for await (const { path, looked } of inOrder(found, looker.width, (path) =>
      lookOnce(path, cache, looker),
    )) {
      signal.throwIfAborted();
      pictures.add(examined(path, looked, likeness));
      if (performance.now() - saved < saveEvery) continue;
      await cache.save();
      saved = performance.now();
    }
  } finally {
    await cache.save();
  }
  pictures.flush();
  return { groups: likeness.groups() };
}

async function lookOnce(path: string, cache: ScanCache, looker: Looker): Promise<Looked> {
  const file = await stat(path).catch(() => undefined);
  const known = file && (await cache.get(path, file));
  if (known) return { look: known };
  const looked = await looker.look(path);
  if (file && 'look' in looked) cache.set(path, file, looked.look);
  return looked;
}

function examined(path: string, looked: Looked, likeness: Likeness): Examined {
  if ('reason' in looked) {
    likeness.skip();
    return {
      width: 0,
      height: 0,
      findings: [{ kind: 'unreadable', reason: looked.reason || basename(path) }],
    };
  }
  const { width, height } = looked.look;
  const like = likeness.add(path, looked.look);
  return { width, height, findings: [...(like ? [like] : []), ...findingsOf(looked.look)] };
}

/** Results in the order of the paths, with `width` being worked on at any time. */
async function* inOrder(
  paths: readonly string[],
  width: number,
  work: (path: string) => Promise<Looked>,
): AsyncGenerator<{ path: string; looked: Looked }> {
  const ahead: { path: string; looked: Promise<Looked> }[] = [];
  for (const path of paths) {
    ahead.push({ path, looked: work(path) });
    const first = ahead.length >= width ? ahead.shift() : undefined;
    if (first) yield { path: first.path, looked: await first.looked };
  }
  for (const { path, looked } of ahead) yield { path, looked: await looked };
}

/** Hands things on a portion at a time, so that no message is sent for each. */
class Portions<T> {
  readonly #every: number;
  readonly #hand: (portion: readonly T[]) => void;
  #portion: T[] = [];
  #handed = performance.now();

  constructor(every: number, hand: (portion: readonly T[]) => void) {
    this.#every = every;
    this.#hand = hand;
  }

  add(item: T): void {
    this.#portion.push(item);
    if (performance.now() - this.#handed > this.#every) this.flush();
  }

  flush(): void {
    if (this.#portion.length > 0) this.#hand(this.#portion);
    this.#portion = [];
    this.#handed = performance.now();
  }
}
