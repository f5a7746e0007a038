/** Small pictures for lists. */
import sharp from 'sharp';
import { damaged, maxPixels, readHeader } from './header.ts';

/**
 * The picture, upright, in sRGB, at most `side` pixels a side: PNG.
 *
 * @throws PictureError as `readHeader` does, and damaged
 */
export async function thumbnail(path: string, side: number): Promise<Uint8Array> {
  await readHeader(path);
  try {
    return await sharp(path, { limitInputPixels: maxPixels })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch (error) {
    throw damaged(path, String(error));
  }
}
