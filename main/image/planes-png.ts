/** Planes as a picture file for the screen. */
import sharp from 'sharp';
import { type Planes, toRgb } from './planes.ts';

/** PNG, 8 bits, sRGB. */
export async function planesPng(picture: Planes): Promise<Uint8Array> {
  const { width, height } = picture;
  return sharp(toRgb(picture), { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
