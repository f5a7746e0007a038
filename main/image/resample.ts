/** Brings a picture to an exact size. */
import sharp from 'sharp';
import type { Picture } from './picture.ts';

/** Lanczos with three lobes, widened when the picture shrinks; depth and alpha stay. */
export async function resample(picture: Picture, width: number, height: number): Promise<Picture> {
  if (width === picture.width && height === picture.height) return picture;
  const { channels, depth, data } = picture;
  const raw = { width: picture.width, height: picture.height, channels };
  const { buffer, byteOffset, byteLength } = await sharp(data, { raw, limitInputPixels: false })
    .resize(width, height, { kernel: 'lanczos3', fit: 'fill' })
    .toColourspace(colourSpace(channels, depth))
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer();
  const values =
    depth === 16
      ? new Uint16Array(buffer, byteOffset, byteLength / 2)
      : new Uint8Array(buffer, byteOffset, byteLength);
  return { ...picture, width, height, data: values };
}

/** The space that libvips leaves such samples in, so that it converts nothing. */
function colourSpace(channels: Picture['channels'], depth: Picture['depth']): string {
  if (channels <= 2) return depth === 16 ? 'grey16' : 'b-w';
  return depth === 16 ? 'rgb16' : 'srgb';
}
