/** Mixes a picture with its restored version; no network run. */
import { luminanceWeights, type Shares } from '../../preload/contract.ts';
import { blankLike, type Picture } from '../image/picture.ts';
import { lostTexture } from './texture.ts';

/**
 * With d = result - source, Y its luminance, and t the fine texture that the result lacks:
 * source + colour x (d - Y) + luminance x (Y + detail x t), rounded. Alpha is mixed as luminance is.
 *
 * @param shares 0 (nothing of it) to 1 (all of it)
 * @throws RangeError when the two differ in shape or depth
 */
export function blend(source: Picture, result: Picture, shares: Shares): Picture {
  if (source.data.length !== result.data.length || source.depth !== result.depth)
    throw new RangeError('Expected the source and its result to have the same size, channels and depth.');
  const { luminance, detail } = shares;
  const colour = source.channels < 3 ? luminance : shares.colour;
  if (luminance === 0 && colour === 0) return source;
  if (luminance === 1 && colour === 1 && detail === 0) return result;
  const mixed = blankLike(source);
  if (luminance === colour) mixEvenly(source, result, luminance, mixed);
  else mixParts(source, result, { luminance, colour }, mixed);
  if (luminance * detail > 0) addTexture(source, result, luminance * detail, mixed);
  return mixed;
}

function mixEvenly(source: Picture, result: Picture, share: number, mixed: Picture): void {
  for (let i = 0; i < mixed.data.length; i++) {
    const from = source.data[i] as number;
    mixed.data[i] = from + ((result.data[i] as number) - from) * share + 0.5;
  }
}

function mixParts(
  source: Picture,
  result: Picture,
  { luminance, colour }: Omit<Shares, 'detail'>,
  mixed: Picture,
): void {
  const [from, to, into] = [source.data, result.data, mixed.data];
  const [red, green, blue] = luminanceWeights;
  const { channels } = source;
  const max = source.depth === 16 ? 65_535 : 255;
  for (let i = 0; i < into.length; i += channels) {
    const r = (to[i] as number) - (from[i] as number);
    const g = (to[i + 1] as number) - (from[i + 1] as number);
    const b = (to[i + 2] as number) - (from[i + 2] as number);
    const grey = (luminance - colour) * (red * r + green * g + blue * b) + 0.5;
    into[i] = clip((from[i] as number) + colour * r + grey, max);
    into[i + 1] = clip((from[i + 1] as number) + colour * g + grey, max);
    into[i + 2] = clip((from[i + 2] as number) + colour * b + grey, max);
    if (channels === 4) {
      const alpha = from[i + 3] as number;
      into[i + 3] = alpha + ((to[i + 3] as number) - alpha) * luminance + 0.5;
    }
  }
}

function addTexture(source: Picture, result: Picture, share: number, mixed: Picture): void {
  const { channels, width } = source;
  const { data } = mixed;
  const colours = channels < 3 ? 1 : 3;
  const max = source.depth === 16 ? 65_535 : 255;
  for (const { from, to, texture } of lostTexture(source, result)) {
    for (let i = 0, at = from * width * channels; at < to * width * channels; i++, at += channels) {
      const added = share * (texture[i] as number) + 0.5;
      for (let c = at; c < at + colours; c++) data[c] = clip((data[c] as number) + added, max);
    }
  }
}

const clip = (value: number, max: number) => Math.min(max, Math.max(0, value));
