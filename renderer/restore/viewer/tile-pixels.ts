/** The pixels of display tiles as the screen would show them: RGBA, 8 bits. */
import { displayTile } from '../../../preload/contract.ts';
import { partUnder, type Tile, tilesOver } from './tile-geometry.ts';
import type { Size } from './view-geometry.ts';

/**
 * A tile, decoded beside the page's own thread; whoever asks for it closes it.
 *
 * @throws DOMException when it cannot be had
 */
export async function tileBitmap(address: string, signal?: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(address, { signal: signal ?? null }).catch((error: unknown) => {
    throw error instanceof DOMException ? error : new DOMException(String(error), 'NetworkError');
  });
  if (!response.ok) throw new DOMException(`${address} cannot be had.`, 'NotFoundError');
  return createImageBitmap(await response.blob());
}

/** @throws DOMException when the tile cannot be had */
export async function tilePixels(address: string): Promise<ImageData> {
  const bitmap = await tileBitmap(address);
  const { width, height } = bitmap;
  const context = drawing(width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

/** So many pixels beyond a part go into its enlarging. */
const margin = 3;

/**
 * The part of a smaller picture under a tile, enlarged smoothly to so many pixels.
 *
 * @param frame size that the tile counts in
 * @param address where the smaller picture's tiles are
 * @throws DOMException when a tile cannot be had
 */
export async function enlargedPixels(
  tile: Tile,
  frame: Size,
  smaller: Size,
  address: (tile: Tile) => string,
  { width, height }: Size,
): Promise<ImageData> {
  const { level, part } = partUnder(tile, frame, smaller);
  const x = Math.max(0, Math.floor(part.x) - margin);
  const y = Math.max(0, Math.floor(part.y) - margin);
  const right = Math.min(Math.ceil(smaller.width / 2 ** level), Math.ceil(part.x + part.width) + margin);
  const bottom = Math.min(Math.ceil(smaller.height / 2 ** level), Math.ceil(part.y + part.height) + margin);
  // Put together first: each tile enlarged by itself would show where it ends.
  const whole = drawing(right - x, bottom - y);
  const tiles = tilesOver({ x, y, width: right - x, height: bottom - y }, level, smaller);
  await Promise.all(
    tiles.map(async (each) => {
      const bitmap = await tileBitmap(address(each));
      whole.drawImage(bitmap, each.column * displayTile - x, each.row * displayTile - y);
      bitmap.close();
    }),
  );
  const enlarged = drawing(width, height);
  enlarged.imageSmoothingQuality = 'high';
  const from = [part.x - x, part.y - y, part.width, part.height] as const;
  enlarged.drawImage(whole.canvas, ...from, 0, 0, width, height);
  return enlarged.getImageData(0, 0, width, height);
}

function drawing(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new DOMException('There is no memory for another canvas.', 'QuotaExceededError');
  return context;
}
