/** Changes of bit depth. */
import type { Picture } from './picture.ts';
import { type PictureShape, partOf, stripsOf, type TiledPicture } from './tiled-picture.ts';

/** The picture with 8 bits per channel; 16-bit values are rounded to the nearest level. */
export function toEightBit(picture: Picture): Picture & { readonly data: Uint8Array } {
  const { data } = picture;
  if (data instanceof Uint8Array) return { ...picture, depth: 8, data };
  const levels = new Uint8Array(data.length);
  for (let i = 0; i < levels.length; i++) levels[i] = ((data[i] as number) * 255 + 32_767) / 65_535;
  return { ...picture, depth: 8, data: levels };
}

/** As `toEightBit`, a few rows at a time. */
export function eightBitCopy(
  picture: TiledPicture,
  blank: (shape: PictureShape) => TiledPicture,
): TiledPicture {
  if (picture.depth === 8) return picture;
  const { width, height, channels, format, metadata } = picture;
  const levels = blank({ width, height, channels, depth: 8, format, metadata });
  for (const rows of stripsOf(picture, 128)) levels.write(rows, toEightBit(partOf(picture, rows)).data);
  return levels;
}
