/** Pictures as small squares of one size, as generators learn from them. */
import sharp from 'sharp';
import type { Fit } from '../../preload/contract.ts';
import { toEightBit } from './depth.ts';
import type { Picture } from './picture.ts';

export interface SquareOptions {
  /** Height and width. */
  readonly size: number;
  /** 1 grey, 3 RGB. */
  readonly channels: 1 | 3;
  readonly fit: Fit;
}

/**
 * Transparency is laid on white, as are the bars of 'pad'.
 *
 * @returns [channels, size, size], 8 bits
 */
export async function toSquare(
  picture: Picture,
  { size, channels, fit }: SquareOptions,
): Promise<Uint8Array> {
  const { data, width, height, channels: from } = toEightBit(picture);
  const interleaved = await sharp(data, { raw: { width, height, channels: from }, limitInputPixels: false })
    .flatten({ background: '#fff' })
    .resize(size, size, {
      fit: fit === 'pad' ? 'contain' : 'cover',
      position: fit === 'smart' ? sharp.strategy.attention : 'centre',
      background: '#fff',
    })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { info } = interleaved;
  const pixels = size * size;
  const planes = new Uint8Array(channels * pixels);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < pixels; i++) {
      planes[c * pixels + i] = interleaved.data[i * info.channels + Math.min(c, info.channels - 1)] ?? 0;
    }
  }
  return planes;
}
