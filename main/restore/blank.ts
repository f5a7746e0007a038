/** The picture that a result is written into. */
import type { Picture } from '../image/picture.ts';

/** A black picture of the same depth, channels and metadata, `scale` times as large a side. */
export function blankFor(picture: Picture, scale: number): Picture {
  const length = picture.data.length * scale ** 2;
  return {
    ...picture,
    width: picture.width * scale,
    height: picture.height * scale,
    data: picture.depth === 16 ? new Uint16Array(length) : new Uint8Array(length),
  };
}
