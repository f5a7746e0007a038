/** Small pictures for lists. */
import sharp from 'sharp';
import { decode } from './decode.ts';
import { toEightBit } from './depth.ts';
import { encode } from './encode.ts';
import { damaged, maxPixels, readHeader, refuseUnreadable } from './header.ts';
import { isRaw } from './raw-file.ts';

/**
 * The picture, upright, in sRGB, at most `side` pixels a side: PNG.
 *
 * @throws PictureError as `readHeader` does, and damaged
 */
export async function thumbnail(path: string, side: number): Promise<Uint8Array> {
  await refuseUnreadable(path);
  const isDeveloped = isRaw(path) || (await readHeader(path)).format === 'heic';
  const source = isDeveloped ? await developedPng(path) : path;
  try {
    return await sharp(source, { limitInputPixels: maxPixels })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch (error) {
    throw damaged(path, String(error));
  }
}

/** PNG of a picture that sharp does not read. */
async function developedPng(path: string): Promise<Uint8Array> {
  const picture = toEightBit(await decode(path));
  return encode(picture, path, { format: 'png', quality: 100, stripMetadata: true });
}
