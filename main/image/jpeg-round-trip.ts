/** What JPEG compression does to a picture. */
import sharp from 'sharp';

export interface JpegOptions {
  /** 1..100 */
  readonly quality: number;
  readonly chromaSubsampling: '4:4:4' | '4:2:0';
}

/**
 * Compresses and decompresses in memory.
 *
 * @param rgb width x height x 3 values, rows interleaved
 */
export async function jpegRoundTrip(
  rgb: Uint8Array,
  width: number,
  height: number,
  options: JpegOptions,
): Promise<Uint8Array> {
  const file = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg(options)
    .toBuffer();
  return sharp(file).raw().toBuffer();
}
