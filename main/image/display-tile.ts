/** Tiles of a picture for the screen. */
import sharp from 'sharp';
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
  const { width, height, channels, data } = pyramidOf(picture).tile(level, x, y);
  const png = await sharp(toLevels(data), { raw: { width, height, channels } })
    .toColourspace(channels <= 2 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 0 })
    .toBuffer();
  const { icc } = picture.metadata;
  return icc ? withPngMetadata(png, { icc }) : png;
}

/** 16 bits as 8, rounded. */
function toLevels(data: Raster['data']): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return Uint8Array.from(data, (value) => (value * 255) / 65_535 + 0.5);
}
