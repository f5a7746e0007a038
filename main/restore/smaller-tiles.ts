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
 * @param onMemory told of the side that worked where larger tiles took too much memory
 * @throws what the last attempt throws; what smaller tiles cannot help with at once
 */
export async function withSmallerTiles<T>(
  tiles: TileOptions,
  attempt: (tiles: TileOptions) => Promise<T>,
  onMemory: (side: number) => Promise<void>,
): Promise<Attempted<T>> {
  let ranOut = false;
  for (let halvings = 0; ; halvings++) {
    const side = tiles.side / 2 ** halvings;
    try {
      // Tiles of four overlaps a side still keep half of what they see.
      const result = await attempt({ side, overlap: Math.min(tiles.overlap, side >> 2) });
      if (ranOut) await onMemory(side);
      if (halvings === 0) return { result };
      return { result, note: `Done in tiles of ${side} pixels: larger ones failed.` };
    } catch (error) {
      if (halvings === mostHalvings || !worthSmaller(error)) throw error;
      ranOut ||= isOutOfMemory(error);
    }
  }
}

/** A wrong result, or too little memory. */
function worthSmaller(error: unknown): boolean {
  return error instanceof NetworkOutputError || isOutOfMemory(error);
}
