/** Brings a picture to an exact size. */
import type { Picture } from './picture.ts';
import { resizer } from './resize.ts';
import {
  type Area,
  blankInMemory,
  emptySamples,
  stripsOf,
  type TiledPicture,
  tiledInMemory,
} from './tiled-picture.ts';

/** Rows of the larger picture that are in work at once. */
const rowsAtOnce = 128;

/** In memory, as `resampleInto` does. */
export function resample(picture: Picture, width: number, height: number): Picture {
  if (width === picture.width && height === picture.height) return picture;
  const { data: _, ...shape } = picture;
  const result = blankInMemory({ ...shape, width, height });
  resampleInto(tiledInMemory(picture), result);
  return result.whole();
}

/** Fills a picture of the same channels and depth with another, at its own size. */
export function resampleInto(picture: TiledPicture, into: TiledPicture): void {
  const resampled = resampler(picture, into);
  const shrinking = Math.max(1, picture.height / into.height);
  for (const area of stripsOf(into, Math.ceil(rowsAtOnce / shrinking))) into.write(area, resampled(area));
}

/**
 * What rows of a picture hold when it is brought to a size: Lanczos with three lobes, widened when the picture
 * shrinks. Depth and alpha stay.
 */
function resampler(
  picture: TiledPicture,
  size: Pick<Picture, 'width' | 'height'>,
): (rows: Area) => Picture['data'] {
  if (size.width === picture.width && size.height === picture.height) return (area) => picture.read(area);
  const { channels, depth } = picture;
  const { needs, part } = resizer(picture, size, 'lanczos');
  const max = depth === 16 ? 65_535 : 255;
  return (area) => {
    const needed = needs(area);
    const { width, height } = needed;
    const data = picture.read(needed);
    const samples = emptySamples(picture, area);
    const values = new Float32Array(width * height);
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < values.length; i++) values[i] = data[i * channels + c] as number;
      const plane = part({ width, height, values }, area).values;
      for (let i = 0; i < plane.length; i++)
        samples[i * channels + c] = Math.min(max, Math.max(0, (plane[i] as number) + 0.5));
    }
    return samples;
  };
}
