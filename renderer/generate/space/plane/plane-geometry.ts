/** Where the tiles of a plane lie in a square pane, and how zooming and panning move it. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The part of the plane in sight, in shares of it: 0..1 is all. */
export interface Sight extends Point {
  readonly side: number;
}

export interface Tile extends Point {
  readonly level: number;
}

export const whole: Sight = { x: 0, y: 0, side: 1 };

/** Beyond this, neighbouring pictures are the same. */
const smallestSide = 2 ** -10;

/** Zooms by a factor with the plane's point under `anchor` (shares of the pane) staying there. */
export function zoomed({ x, y, side }: Sight, factor: number, anchor: Point): Sight {
  const next = Math.min(1, Math.max(smallestSide, side / factor));
  return inside({ x: x + anchor.x * (side - next), y: y + anchor.y * (side - next), side: next });
}

/** Moves what is in sight by shares of the pane. */
export function panned({ x, y, side }: Sight, by: Point): Sight {
  return inside({ x: x - by.x * side, y: y - by.y * side, side });
}

/** The same size, moved so far that a point is in sight. */
export function bringing({ x, y, side }: Sight, point: Point): Sight {
  const near = (start: number, at: number) => Math.max(at - side, Math.min(start, at));
  return inside({ x: near(x, point.x), y: near(y, point.y), side });
}

function inside({ x, y, side }: Sight): Sight {
  const within = (start: number) => Math.min(1 - side, Math.max(0, start));
  return { x: within(x), y: within(y), side };
}

/** The plane's point under a point of the pane (shares of it). */
export function planeAt({ x, y, side }: Sight, at: Point): Point {
  return { x: x + at.x * side, y: y + at.y * side };
}

/** Where a point of the plane lies in the pane, in shares of it. */
export function paneAt({ x, y, side }: Sight, at: Point): Point {
  return { x: (at.x - x) / side, y: (at.y - y) / side };
}

/**
 * The finest level whose pictures are not smaller than asked for.
 *
 * @param width of the pane, CSS pixels
 * @param cells pictures a side of a tile
 * @param smallest side of a picture, CSS pixels
 */
export function levelFor({ side }: Sight, width: number, cells: number, smallest: number): number {
  return Math.max(0, Math.floor(Math.log2(width / (side * cells * smallest))));
}

export function tilesIn({ x, y, side }: Sight, level: number): Tile[] {
  const count = 2 ** level;
  const range = (start: number) => {
    const first = Math.max(0, Math.floor(start * count));
    const last = Math.min(count - 1, Math.ceil((start + side) * count) - 1);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  };
  return range(y).flatMap((row) => range(x).map((column) => ({ level, x: column, y: row })));
}

/** Where a tile lies in the pane, in shares of it. */
export function tileInPane(sight: Sight, { level, x, y }: Tile): Sight {
  const side = 2 ** -level;
  return { ...paneAt(sight, { x: x * side, y: y * side }), side: side / sight.side };
}
