/** Which display tiles a view needs, and where they are drawn. */
import { displayTile } from '../../../preload/contract.ts';
import { type Rect, type Size, snap, type View } from './view-geometry.ts';

/** A display tile: level 0 is full size, each further level halves. */
export interface Tile {
  level: number;
  column: number;
  row: number;
}

/** A view of a picture, whoever shows it. */
export interface Lens {
  readonly view: View;
  /** CSS pixels. */
  readonly size: Size;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Pixels of the view for each pixel of what is drawn in it, a side; 1 where absent. */
  readonly enlarged?: number;
}

/**
 * A view of a picture as a view of a larger or smaller version of it.
 *
 * @param frame size of the picture that the lens counts in
 * @param layer size of what is drawn, of the same shape
 */
export function lensOn(lens: Lens, frame: Size, layer: Size): Lens {
  const enlarged = frame.width / layer.width;
  const { view, size, pixelRatio } = lens;
  return { view: { ...view, scale: view.scale * enlarged }, size, pixelRatio, enlarged };
}

/** Above this zoom (device pixels per picture pixel) pixels are shown as squares. */
const smoothUpTo = 2;

/** How much coarser the tiles are that stand below the wanted ones until those are there. */
const coarser = 2;

/** The first level at which the whole picture is one tile. */
export function topLevel(picture: Size): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(picture.width, picture.height) / displayTile)));
}

/** The coarsest level that still has a pixel for every device pixel. `zoom`: device pixels per picture pixel. */
export function levelFor(zoom: number, picture: Size): number {
  // A hair of tolerance, so that exactly one half is level 1 whatever the rounding.
  const level = Math.floor(Math.log2(1 / zoom) + 1e-6);
  return Math.min(topLevel(picture), Math.max(0, level));
}

/** Tiles of a level that are in sight or at most `margin` CSS pixels away, row by row. */
export function visibleTiles({ view, size }: Lens, picture: Size, level: number, margin = 0): Tile[] {
  const side = displayTile * 2 ** level;
  const columns = visibleRange(view.x, view.scale, picture.width, size.width, side, margin);
  const rows = visibleRange(view.y, view.scale, picture.height, size.height, side, margin);
  return rows.flatMap((row) => columns.map((column) => ({ level, column, row })));
}

function visibleRange(
  offset: number,
  scale: number,
  length: number,
  available: number,
  side: number,
  margin: number,
): number[] {
  const first = Math.max(0, Math.floor((-offset - margin) / scale / side));
  const last = Math.min(Math.ceil(length / side), Math.ceil((available - offset + margin) / scale / side));
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/**
 * Tiles that a view asks for: the whole picture as one coarse tile, fewer and coarser ones around what is in
 * sight, which a quick move meets first, and those in sight.
 */
export function wantedTiles(lens: Lens, picture: Size): Tile[] {
  const level = levelFor(lens.view.scale * lens.pixelRatio, picture);
  const top = topLevel(picture);
  const between = level + coarser;
  return [
    ...(top > level ? [{ level: top, column: 0, row: 0 }] : []),
    ...(top > between
      ? visibleTiles(lens, picture, between, Math.max(lens.size.width, lens.size.height))
      : []),
    ...visibleTiles(lens, picture, level),
  ];
}

/**
 * Scale at which the tiles of a level are laid out, CSS pixels per picture pixel.
 *
 * Each pixel of a tile is one device pixel, and the browser's compositor does the rest of the zoom: what is
 * drawn once can be moved and zoomed without drawing it again. Where pixels are squares they are drawn at
 * their size, because a compositor would smooth them.
 */
export function layoutScale(level: number, lens: Lens): number {
  const { view, pixelRatio } = lens;
  return isCrisp(lens) ? view.scale : 1 / (2 ** level * pixelRatio);
}

/** Whether pixels are shown as squares: those of what is enlarged for comparison when those of the result are. */
export function isCrisp({ view, pixelRatio, enlarged = 1 }: Lens): boolean {
  return (view.scale * pixelRatio) / enlarged > smoothUpTo + 1e-6;
}

/**
 * Where a tile is laid out relative to the picture's corner, in CSS pixels. Edges lie on whole device pixels,
 * so that neighbours meet without a seam and two layers of one picture are in register.
 */
export function tileRect(tile: Tile, picture: Size, scale: number, pixelRatio: number): Rect {
  const side = displayTile * 2 ** tile.level;
  const edge = (index: number, length: number) => snap(Math.min(index * side, length) * scale, pixelRatio);
  const x = edge(tile.column, picture.width);
  const y = edge(tile.row, picture.height);
  return {
    x,
    y,
    width: edge(tile.column + 1, picture.width) - x,
    height: edge(tile.row + 1, picture.height) - y,
  };
}

/**
 * What lies of a smaller version of a picture under a tile.
 *
 * @param frame size that the tile counts in
 * @returns the level to take, the coarsest without loss, and the part in pixels of that level, not whole ones
 */
export function partUnder(tile: Tile, frame: Size, smaller: Size): { level: number; part: Rect } {
  const scale = frame.width / smaller.width;
  const level = levelFor(scale / 2 ** tile.level, smaller);
  const pixel = scale * 2 ** level;
  const side = displayTile * 2 ** tile.level;
  const [x, y] = [tile.column * side, tile.row * side];
  const width = Math.min(side, frame.width - x);
  const height = Math.min(side, frame.height - y);
  return { level, part: { x: x / pixel, y: y / pixel, width: width / pixel, height: height / pixel } };
}

/** Tiles of a level that a part of it, in pixels of that level, touches. */
export function tilesOver({ x, y, width, height }: Rect, level: number, picture: Size): Tile[] {
  const view = { scale: 1 / 2 ** level, x: -x, y: -y };
  return visibleTiles({ view, size: { width, height }, pixelRatio: 1 }, picture, level);
}

/**
 * Tiles to draw: the wanted ones, and until all of those are there, the loaded ones of before, so that a change
 * of level never shows a hole. Coarse ones first.
 */
export function tilesToDraw(
  before: readonly Tile[],
  wanted: readonly Tile[],
  isLoaded: (tile: Tile) => boolean,
): Tile[] {
  const names = new Set(wanted.map(tileName));
  const complete = wanted.every(isLoaded);
  const kept = complete ? [] : before.filter((tile) => !names.has(tileName(tile)) && isLoaded(tile));
  return [...kept, ...wanted].sort((a, b) => b.level - a.level);
}

/** Whether two lists name the same tiles in the same order. */
export function sameTiles(a: readonly Tile[], b: readonly Tile[]): boolean {
  return a.length === b.length && a.every((tile, i) => tileName(tile) === tileName(b[i] ?? tile));
}

/** A tile's name, unique within a picture. */
export function tileName(tile: Tile): string {
  return `${tile.level}/${tile.column}/${tile.row}`;
}
