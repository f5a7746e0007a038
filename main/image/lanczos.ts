/** Enlarging by Lanczos. */
import sharp from 'sharp';
import { fromRgb, type Planes, toRgb } from './planes.ts';

/** Lanczos with three lobes. */
export async function lanczos(picture: Planes, width: number, height: number): Promise<Planes> {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const rgb = await sharp(toRgb(picture), { raw })
    .resize(width, height, { kernel: 'lanczos3', fit: 'fill' })
    .raw()
    .toBuffer();
  return fromRgb(rgb, width, height);
}
