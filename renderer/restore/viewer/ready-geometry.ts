/** What can be shown of a result while it is made. */
import { displayTile, type TileGrid } from '../../../preload/contract.ts';
import type { Tile } from './tile-geometry.ts';
import type { Point, Size } from './view-geometry.ts';

/** All of it; or some tiles, and from a level of reduction on a quick look at all of it. */
export type Ready = 'whole' | { readonly tiles?: TileGrid | undefined; readonly quick?: number | undefined };

export function isAnything(ready: Ready): boolean {
  return ready === 'whole' || ready.quick !== undefined || ready.tiles?.done.some(Boolean) === true;
}

/** A share so small that the tile is fetched again for the first part of it that is done. */
const quickOnly = 1e-6;

/**
 * How much of a display tile is ready, as a share of its pixels: it is worth fetching again when that grows.
 *
 * @param size of the result
 */
export function shareReady(tile: Tile, size: Size, ready: Ready): number {
  if (ready === 'whole') return 1;
  const { tiles, quick } = ready;
  const side = displayTile * 2 ** tile.level;
  const [left, top] = [tile.column * side, tile.row * side];
  const [right, bottom] = [Math.min(left + side, size.width), Math.min(top + side, size.height)];
  const across = overlaps(tiles?.right ?? [], left, right);
  const down = overlaps(tiles?.bottom ?? [], top, bottom);
  const pixels = down.reduce(
    (sum, height, row) =>
      sum +
      across.reduce((line, width, column) => {
        const done = tiles?.done[row * across.length + column] === true;
        return line + (done ? width * height : 0);
      }, 0),
    0,
  );
  const least = quick !== undefined && tile.level >= quick ? quickOnly : 0;
  return Math.max(least, pixels / ((right - left) * (bottom - top)));
}

/** How much of each stretch of an axis lies between two places. */
function overlaps(ends: readonly number[], from: number, to: number): number[] {
  return ends.map((end, i) => Math.max(0, Math.min(end, to) - Math.max(ends[i - 1] ?? 0, from)));
}

/** Whether the result is there at a pixel of it. */
export function isReadyAt({ x, y }: Point, ready: Ready): boolean {
  if (ready === 'whole') return true;
  if (!ready.tiles) return false;
  const { right, bottom, done } = ready.tiles;
  const column = right.findIndex((end) => x < end);
  const row = bottom.findIndex((end) => y < end);
  return column >= 0 && row >= 0 && done[row * right.length + column] === true;
}
