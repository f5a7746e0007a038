/** Decoded pictures, kept while there is room and read again when there was not. */
import { stat } from 'node:fs/promises';
import { decode, decodeTiled } from '../image/decode.ts';
import type { Picture } from '../image/picture.ts';
import type { Scratch } from '../image/scratch.ts';
import { type TiledPicture, tiledInMemory } from '../image/tiled-picture.ts';
import { boundedCache, pictureBudget } from './bounded-cache.ts';

export interface StoredPicture {
  /** Stands for the file as it was read: it changes when the file does. */
  readonly key: string;
  readonly picture: Picture;
}

export class PictureStore {
  readonly #cache;
  readonly #decoding = new Map<string, Promise<StoredPicture>>();

  constructor(budget: number = pictureBudget) {
    this.#cache = boundedCache<StoredPicture>(budget);
  }

  /**
   * The picture, decoded and kept.
   *
   * @throws {PictureError} as `decode` does
   */
  async open(path: string): Promise<StoredPicture> {
    const key = await keyOf(path);
    const kept = this.#cache.get(key);
    if (kept) return kept;
    const decoding = this.#decoding.get(key) ?? read(key, path);
    this.#decoding.set(key, decoding);
    try {
      const stored = await decoding;
      this.#cache.set(key, stored);
      return stored;
    } finally {
      this.#decoding.delete(key);
    }
  }

  /** The picture, from what is kept or decoded for this once: a batch must not fill the memory. */
  async glance(path: string): Promise<StoredPicture> {
    const key = await keyOf(path);
    return this.#cache.get(key) ?? read(key, path);
  }

  /** As `glance`, with large pictures in files of the scratch room. */
  async tiled(path: string, scratch: Scratch): Promise<{ key: string; picture: TiledPicture }> {
    const key = await keyOf(path);
    const kept = this.#cache.get(key);
    return { key, picture: kept ? tiledInMemory(kept.picture) : await decodeTiled(path, scratch) };
  }

  close(path: string): void {
    for (const key of [...this.#cache.keys()]) if (key.startsWith(prefix(path))) this.#cache.delete(key);
  }
}

const prefix = (path: string) => `${path}\0`;

async function keyOf(path: string): Promise<string> {
  // What is wrong with a file that has no facts is said when it is decoded.
  const file = await stat(path).catch(() => undefined);
  return `${prefix(path)}${file?.mtimeMs}\0${file?.size}`;
}

const read = async (key: string, path: string): Promise<StoredPicture> => ({
  key,
  picture: await decode(path),
});
