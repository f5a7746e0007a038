/** The picture that a result is written into. */
import type { PictureShape } from '../image/tiled-picture.ts';

/** The same depth, channels and metadata, `scale` times as large a side. */
export function enlargedShape(
  { width, height, channels, depth, format, metadata }: PictureShape,
  scale: number,
): PictureShape {
  return { width: width * scale, height: height * scale, channels, depth, format, metadata };
}
