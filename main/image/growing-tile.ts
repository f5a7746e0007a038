/** Display tiles of a result that is being made. */
import { displayTile as side, type TileGrid } from '../../preload/contract.ts';
import type { Picture } from './picture.ts';
import { pyramidOf, type Raster } from './pyramid.ts';

/** A first look at the whole, made from a reduced picture. */
export interface QuickLook {
  readonly picture: Picture;
  /** Level of the result that has its size. */
  readonly level: number;
}

/** A picture of which some tiles are done. */
export interface Begun {
  readonly picture: Picture;
  readonly grid: TileGrid;
}

/** What there is of a result: at first the quick look alone. */
export interface Growing {
  readonly begun?: Begun | undefined;
  readonly quick?: QuickLook | undefined;
}

/**
 * A display tile: what is done, and around it the quick look where that has enough pixels, else nothing: such
 * pixels are transparent.
 *
 * @param level 0 is full size, each further level halves
 * @returns undefined where there is nothing yet
 * @throws RangeError when the tile lies outside the picture
 */
export function growingTile(
  { begun, quick }: Growing,
  level: number,
  x: number,
  y: number,
): Raster | undefined {
  const around = quick && level >= quick.level ? quick : undefined;
  const below = around && pyramidOf(around.picture).tile(level - around.level, x, y);
  if (!begun) return below;
  const own = pyramidOf(begun.picture).tile(level, x, y);
  if (begun.grid.done.every(Boolean)) return own;
  const isDone = doneAt(begun.grid, level, x, y);
  return below ? mixed(own, below, isDone) : cutOut(own, isDone);
}

type IsDone = (column: number, row: number) => boolean;

/** Whether all that a pixel of the tile covers is done. */
function doneAt({ right, bottom, done }: TileGrid, level: number, x: number, y: number): IsDone {
  const across = cells(right, level, x);
  const down = cells(bottom, level, y);
  return (column, row) =>
    across(column).every((c) => down(row).every((r) => done[r * right.length + c] === true));
}

/** The stretches of an axis that pixels of a tile cover: one, or two where a pixel lies on their border. */
function cells(ends: readonly number[], level: number, tile: number): (pixel: number) => readonly number[] {
  const last = (ends.at(-1) ?? 1) - 1;
  const cellOf = (at: number) => ends.findIndex((end) => Math.min(at, last) < end);
  const covered = Array.from({ length: side }, (_, pixel) => {
    const from = (tile * side + pixel) * 2 ** level;
    const [first, second] = [cellOf(from), cellOf(from + 2 ** level - 1)];
    return first === second ? [first] : [first, second];
  });
  return (pixel) => covered[pixel] ?? [];
}

function mixed(own: Raster, below: Raster, isDone: IsDone): Raster {
  const { width, height, channels } = own;
  const data = below.data.slice();
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += channels)
      if (isDone(x, y)) for (let c = 0; c < channels; c++) data[at + c] = own.data[at + c] as number;
  return { width, height, channels, data };
}

/** With alpha, which is nothing where nothing is done. */
function cutOut(own: Raster, isDone: IsDone): Raster {
  const { width, height } = own;
  const opaque = own.channels % 2 === 1;
  const channels = own.channels <= 2 ? 2 : 4;
  const deep = own.data instanceof Uint16Array;
  const data = deep ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  for (let y = 0, from = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, from += own.channels, to += channels) {
      if (!isDone(x, y)) continue;
      for (let c = 0; c < own.channels; c++) data[to + c] = own.data[from + c] as number;
      if (opaque) data[to + channels - 1] = deep ? 65_535 : 255;
    }
  return { width, height, channels, data };
}
