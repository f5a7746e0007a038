/** Tiles of a picture for the screen. */
import sharp from 'sharp';
import { concatBytes, contentOf } from './bytes.ts';
import { type Growing, growingTile } from './growing-tile.ts';
import type { Picture } from './picture.ts';
import { withPngMetadata } from './png-metadata.ts';
import { pyramidOf, type Raster } from './pyramid.ts';

/**
 * The display tile at a level of reduction: PNG, 8 bits, with the picture's colour profile.
 *
 * Not compressed: it travels within this machine only, and packing would take four times as long as the rest.
 *
 * @param level 0 is full size, each further level halves
 * @param x column of the tile, counted in tiles of 512 display pixels
 * @param y row of the tile
 * @throws RangeError when the tile lies outside the picture
 */
export async function displayTile(
  picture: Picture,
  level: number,
  x: number,
  y: number,
): Promise<Uint8Array> {
  return rasterTile(pyramidOf(picture).tile(level, x, y), picture);
}

/** The same of a result that is being made, as `growingTile` answers it; undefined where there is nothing yet. */
export async function growingDisplayTile(
  growing: Growing,
  level: number,
  x: number,
  y: number,
): Promise<Uint8Array | undefined> {
  const picture = growing.begun?.picture ?? growing.quick?.picture;
  const tile = growingTile(growing, level, x, y);
  return picture && tile && rasterTile(tile, picture);
}

/** The same of pixels that were made for it. @param picture the one they are of */
export async function rasterTile(
  { width, height, channels, data }: Raster,
  { metadata: { icc } }: Picture,
): Promise<Uint8Array> {
  const png = await sharp(toLevels(data), { raw: { width, height, channels } })
    .toColourspace(channels <= 2 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
  return icc ? concatBytes([...withPngMetadata(contentOf(png), { icc })]) : png;
}

/** 16 bits as 8, rounded. */
function toLevels(data: Raster['data']): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return Uint8Array.from(data, (value) => (value * 255) / 65_535 + 0.5);
}
