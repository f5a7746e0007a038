/** Brings a picture to an exact size. */
import type { Picture } from './picture.ts';
import { resize } from './resize.ts';

/**
 * Lanczos with three lobes, widened when the picture shrinks; depth and alpha stay. Channel by channel, so that
 * only one is in memory as floats.
 */
export function resample(picture: Picture, width: number, height: number): Picture {
  if (width === picture.width && height === picture.height) return picture;
  const { channels, depth, data } = picture;
  const max = depth === 16 ? 65_535 : 255;
  const length = width * height * channels;
  const values = depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  const plane = new Float32Array(picture.width * picture.height);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < plane.length; i++) plane[i] = data[i * channels + c] as number;
    const resized = resize({ ...picture, values: plane }, width, height, 'lanczos').values;
    for (let i = 0; i < resized.length; i++)
      values[i * channels + c] = Math.min(max, Math.max(0, (resized[i] as number) + 0.5));
  }
  return { ...picture, width, height, data: values };
}
