/** Pictures that were made for the window once, by id, until others take their place. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RelumeError } from '../library/failure.ts';

const mostBytes = 16 * 2 ** 20;

export class SeenPictures {
  readonly #pictures = new LRUCache<string, Uint8Array>({
    maxSize: mostBytes,
    sizeCalculation: ({ byteLength }) => byteLength,
  });

  /** @returns its id */
  add(png: Uint8Array): string {
    const id = randomUUID();
    this.#pictures.set(id, png);
    return id;
  }

  /** @throws {RelumeError} 'no-such-picture' */
  get(id: string): Uint8Array {
    const picture = this.#pictures.get(id);
    if (picture) return picture;
    throw new RelumeError({ code: 'no-such-picture', message: 'That picture is not kept any more.' });
  }
}
