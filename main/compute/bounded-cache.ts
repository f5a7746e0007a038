/** A cache of pictures that is bounded by its bytes. */
import { totalmem } from 'node:os';
import { LRUCache } from 'lru-cache';
import type { PictureShape } from '../image/tiled-picture.ts';

/** Bytes that one cache of pictures may hold: an eighth of the memory, and 1 GiB at most. */
export const pictureBudget = Math.min(2 ** 30, Math.floor(totalmem() / 8));

/** Keeps what was used last. One picture that is larger than the budget is kept alone. */
export function boundedCache<V extends { readonly picture: PictureShape }>(
  budget: number,
): LRUCache<string, V> {
  return new LRUCache<string, V>({
    maxSize: budget,
    sizeCalculation: ({ picture: { width, height, channels, depth } }) =>
      Math.max(1, Math.min(budget, (width * height * channels * depth) / 8)),
  });
}
