/** How an enlarged picture would look, had it been made of something else: no second run of the network. */
import type { Raster } from '../image/pyramid.ts';
import { resizer } from '../image/resize.ts';
import type { Area, TiledPicture } from '../image/tiled-picture.ts';
import type { Restored } from './finish.ts';

/** Changes a part of the enlarged picture, whose first pixel is at `place`. */
type Change = (part: Raster, place: Pick<Area, 'left' | 'top'>) => Raster;

/**
 * The difference between what an enlarged picture was made of and another version of that, enlarged smoothly, is
 * added to it. The work is that of the part alone.
 *
 * @param level the parts are of the enlarged picture at 1 / 2^level of its size
 */
export function enlargedVersion(version: TiledPicture, { cleaned, picture }: Restored, level = 0): Change {
  const { needs, part: enlarge } = resizer(cleaned, picture, 'lanczos', 2 ** level);
  const max = picture.depth === 16 ? 65_535 : 255;
  return (part, { left, top }) => {
    const { width, height, channels } = part;
    const area = { left, top, width, height };
    const needed = needs(area);
    const change = enlarge(difference(cleaned, version, needed), area).values;
    const data = part.data.slice();
    for (let c = 0, from = 0; c < channels; c++)
      for (let i = c; i < data.length; i += channels, from++)
        data[i] = Math.min(max, Math.max(0, (data[i] as number) + (change[from] as number) + 0.5));
    return { width, height, channels, data };
  };
}

/** Channel by channel, in levels of the pictures' depth. */
function difference(from: TiledPicture, to: TiledPicture, area: Area) {
  const [before, after] = [from.read(area), to.read(area)];
  const { channels } = from;
  const { width, height } = area;
  const values = new Float32Array(width * height * channels);
  for (let c = 0, into = 0; c < channels; c++)
    for (let i = c; i < values.length; i += channels, into++)
      values[into] = (after[i] as number) - (before[i] as number);
  return { width, height, values };
}
