/** Tries again with smaller tiles where a network failed on large ones. */
import { isOutOfMemory } from '../engine/out-of-memory.ts';
import { NetworkOutputError } from './apply-network.ts';
import type { TileOptions } from './tiles.ts';

/** Halvings before giving up. */
const mostHalvings = 2;

/** The result, and the note that goes with one that took smaller tiles. */
export interface Attempted<T> {
  readonly result: T;
  readonly note?: string;
}

/**
 * @throws what the last attempt throws; what smaller tiles cannot help with at once
 */
export async function withSmallerTiles<T>(
  tiles: TileOptions,
  attempt: (tiles: TileOptions) => Promise<T>,
): Promise<Attempted<T>> {
  for (let halvings = 0; ; halvings++) {
    try {
      const side = tiles.side / 2 ** halvings;
      const result = await attempt({ ...tiles, side });
      return halvings === 0
        ? { result }
        : { result, note: `Done in tiles of ${side} pixels: larger ones failed.` };
    } catch (error) {
      if (halvings === mostHalvings || !worthSmaller(error)) throw error;
    }
  }
}

/** A wrong result, or too little memory. */
function worthSmaller(error: unknown): boolean {
  return error instanceof NetworkOutputError || isOutOfMemory(error);
}
