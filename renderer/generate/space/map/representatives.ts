/** Points that stand for those around them, where there are too many to show a picture of each. */
import type { Camera, Extent, IsHidden, Places } from './map-geometry.ts';

/**
 * One point for each cell of a grid that has any: the one nearest to the cell's middle. The grid belongs to the map
 * and not to the screen, so that the same points stand for those around them while one moves.
 *
 * @param side of a cell, map units
 * @param sight cells that do not touch it are left out
 */
export function representatives(places: Places, side: number, sight: Extent, isHidden: IsHidden): number[] {
  const cell = (at: number) => Math.floor(at / side);
  const [first, top] = [cell(sight.left), cell(sight.top)];
  const [columns, rows] = [cell(sight.right) - first + 1, cell(sight.bottom) - top + 1];
  const best = new Int32Array(columns * rows).fill(-1);
  const least = new Float64Array(columns * rows).fill(Infinity);
  // Nothing is allocated for a point: there are many, and a frame has no time for collecting garbage.
  for (let index = 0; index < places.length / 2; index++) {
    const x = (places[2 * index] ?? 0) / side - first;
    const y = (places[2 * index + 1] ?? 0) / side - top;
    if (x < 0 || y < 0 || x >= columns || y >= rows || isHidden(index)) continue;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const across = x - column - 0.5;
    const down = y - row - 0.5;
    const away = across * across + down * down;
    const at = row * columns + column;
    if (away >= (least[at] ?? 0)) continue;
    least[at] = away;
    best[at] = index;
  }
  return [...best.filter((index) => index >= 0)];
}

/** Side of the cells of {@link representatives}, map units: at least `pixels` on the screen, at most half as much again. */
export function cellSide({ scale }: Camera, pixels: number): number {
  return 2 ** (Math.ceil(2 * Math.log2(pixels / scale)) / 2);
}

interface Found {
  readonly places: Places;
  readonly isHidden: IsHidden;
  readonly side: number;
  readonly within: Extent;
  readonly points: readonly number[];
}

/** Looks farther than it is asked to, and remembers: most frames of a movement then need no search. */
export class RememberedRepresentatives {
  #last: Found | undefined;

  /** The {@link representatives} in sight, and others around it. */
  find(places: Places, side: number, sight: Extent, isHidden: IsHidden): readonly number[] {
    const last = this.#last;
    if (last && last.places === places && last.isHidden === isHidden && last.side === side) {
      if (contains(last.within, sight)) return last.points;
    }
    const within = widened(sight);
    const points = representatives(places, side, within, isHidden);
    this.#last = { places, isHidden, side, within, points };
    return points;
  }
}

/** Twice as wide and as high. */
function widened({ left, right, top, bottom }: Extent): Extent {
  const [across, down] = [(right - left) / 2, (bottom - top) / 2];
  return { left: left - across, right: right + across, top: top - down, bottom: bottom + down };
}

function contains(whole: Extent, part: Extent): boolean {
  return (
    part.left >= whole.left &&
    part.right <= whole.right &&
    part.top >= whole.top &&
    part.bottom <= whole.bottom
  );
}
