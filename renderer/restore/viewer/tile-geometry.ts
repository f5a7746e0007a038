import { displayTile } from '../../preload/contract.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Where a picture lies in the viewer: its top left corner in CSS pixels, and CSS pixels per picture pixel. */
export interface View extends Point {
  scale: number;
}

/** A display tile: level 0 is full size, each further level halves. */
export interface Tile {
  level: number;
  column: number;
  row: number;
}

/** Largest zoom, device pixels per picture pixel. */
export const maxZoom = 16;

/** Above this zoom (device pixels per picture pixel) pixels are shown as squares. */
export const smoothUpTo = 2;

/** Scale at which the whole picture is seen; small pictures are not enlarged. */
export function fitScale(picture: Size, viewport: Size, pixelRatio: number): number {
  return Math.min(viewport.width / picture.width, viewport.height / picture.height, 1 / pixelRatio);
}

/** Keeps the picture in sight: centred along an axis where it is smaller than the viewport, else covering it. */
export function clampView(view: View, picture: Size, viewport: Size): View {
  return {
    scale: view.scale,
    x: clampAxis(view.x, picture.width * view.scale, viewport.width),
    y: clampAxis(view.y, picture.height * view.scale, viewport.height),
  };
}

function clampAxis(offset: number, length: number, available: number): number {
  if (length <= available) return (available - length) / 2;
  return Math.min(0, Math.max(available - length, offset));
}

/** The view at another scale with the picture's point under `anchor` (CSS pixels in the viewport) staying there. */
export function zoomAt(view: View, scale: number, anchor: Point): View {
  const ratio = scale / view.scale;
  return { scale, x: anchor.x - (anchor.x - view.x) * ratio, y: anchor.y - (anchor.y - view.y) * ratio };
}

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

/** Tiles of a level that are in sight, row by row. */
export function visibleTiles(view: View, picture: Size, viewport: Size, level: number): Tile[] {
  const side = displayTile * 2 ** level;
  const columns = visibleRange(view.x, view.scale, picture.width, viewport.width, side);
  const rows = visibleRange(view.y, view.scale, picture.height, viewport.height, side);
  return rows.flatMap((row) => columns.map((column) => ({ level, column, row })));
}

function visibleRange(
  offset: number,
  scale: number,
  length: number,
  available: number,
  side: number,
): number[] {
  const first = Math.max(0, Math.floor(-offset / scale / side));
  const last = Math.min(Math.ceil(length / side), Math.ceil((available - offset) / scale / side));
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/**
 * Where a tile is drawn relative to the picture's corner, in CSS pixels. Edges lie on whole device pixels, so
 * that neighbours meet without a seam and two layers of one picture are in register.
 */
export function tileRect(tile: Tile, picture: Size, scale: number, pixelRatio: number): Point & Size {
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

/** The nearest whole device pixel, in CSS pixels. */
export function snap(length: number, pixelRatio: number): number {
  return Math.round(length * pixelRatio) / pixelRatio;
}

/** How many of a tile's picture rows are among the first `rows` of the picture, as a share 0..1. */
export function shareReady(tile: Tile, picture: Size, rows: number): number {
  const side = displayTile * 2 ** tile.level;
  const top = tile.row * side;
  const bottom = Math.min(top + side, picture.height);
  return Math.min(1, Math.max(0, (rows - top) / (bottom - top)));
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
  if (wanted.every(isLoaded)) return [...wanted];
  const names = new Set(wanted.map(tileName));
  const kept = before.filter((tile) => !names.has(tileName(tile)) && isLoaded(tile));
  return [...kept, ...wanted].sort((a, b) => b.level - a.level);
}

/** A tile's name, unique within a picture. */
export function tileName(tile: Tile): string {
  return `${tile.level}/${tile.column}/${tile.row}`;
}
