/** A cache of pictures that is bounded by its bytes. */
import { totalmem } from 'node:os';
import { LRUCache } from 'lru-cache';
import type { Picture } from '../image/picture.ts';

/** Bytes that one cache of pictures may hold: an eighth of the memory, and 1 GiB at most. */
export const pictureBudget = Math.min(2 ** 30, Math.floor(totalmem() / 8));

/** Keeps what was used last. One picture that is larger than the budget is kept alone. */
export function boundedCache<V extends { readonly picture: Picture }>(budget: number): LRUCache<string, V> {
  return new LRUCache<string, V>({
    maxSize: budget,
    sizeCalculation: ({ picture }) => Math.max(1, Math.min(budget, picture.data.byteLength)),
  });
}
