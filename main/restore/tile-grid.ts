/** Which tiles of a picture are done, and which comes next. */
import type { Part, TileGrid } from '../../preload/contract.ts';

/** A grid of which nothing is done, from where its columns and rows end. */
export function gridOf(right: readonly number[], bottom: readonly number[]): TileGrid {
  return { right: [...right], bottom: [...bottom], done: right.flatMap(() => bottom.map(() => false)) };
}

/** Whether two grids have the same tiles, whatever is done of them. */
export function sameTiles(a: TileGrid, b: TileGrid): boolean {
  return String([a.right, a.bottom]) === String([b.right, b.bottom]);
}

export function shareDone({ done }: TileGrid): number {
  return done.filter(Boolean).length / done.length;
}

/** The first tile that is not done; -1 when all are. */
export function rowByRow({ done }: TileGrid): number {
  return done.indexOf(false);
}

/** The rows and columns of the picture that a tile covers. */
export function tileRect({ right, bottom }: TileGrid, index: number) {
  const column = index % right.length;
  const row = Math.floor(index / right.length);
  const [left, top] = [right[column - 1] ?? 0, bottom[row - 1] ?? 0];
  return { left, top, right: right[column] ?? left, bottom: bottom[row] ?? top };
}

/**
 * The tile to do next: of those in sight the one nearest to the middle of what is looked at, then the nearest of
 * the others; row by row where nobody looks.
 *
 * @returns index, row by row; -1 when all are done
 */
export function nextTile(grid: TileGrid, look: Part | undefined): number {
  if (!look) return rowByRow(grid);
  const { right, bottom, done } = grid;
  const across = distances(right, look.x, look.width);
  const down = distances(bottom, look.y, look.height);
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, finished] of done.entries()) {
    if (finished) continue;
    const x = across[index % right.length];
    const y = down[Math.floor(index / right.length)];
    if (!x || !y) continue;
    const distance = Math.hypot(x.centre, y.centre) + (x.seen && y.seen ? 0 : unseen);
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

/** Farther than anything within a picture. */
const unseen = 10;

/** How far each stretch of an axis is from the middle of what is looked at, in lengths of the axis. */
function distances(ends: readonly number[], from: number, length: number) {
  const whole = ends.at(-1) ?? 1;
  return ends.map((end, i) => {
    const [start, stop] = [(ends[i - 1] ?? 0) / whole, end / whole];
    const centre = Math.abs((start + stop) / 2 - (from + length / 2));
    return { centre, seen: stop > from && start < from + length };
  });
}
