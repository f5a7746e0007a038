/** Mixes a picture with its restored version; no network run. */
import { luminanceWeights, type Shares } from '../../preload/contract.ts';
import { blankLike, type Picture } from '../image/picture.ts';
import { partOf, stripsOf, type TiledPicture, tiledInMemory } from '../image/tiled-picture.ts';
import { lostTexture, stripRows } from './texture.ts';

/**
 * A picture in memory mixed with its restored version, as `blendInto` does.
 *
 * @throws RangeError when the two differ in shape or depth
 */
export function blend(source: Picture, result: Picture, shares: Shares): Picture {
  const whole = wholeOf(source.channels, shares);
  if (whole !== undefined) return whole === 'source' ? source : result;
  const mixed = blankLike(source);
  blendInto(tiledInMemory(source), tiledInMemory(result), shares, tiledInMemory(mixed));
  return mixed;
}

/** Which of the two a blend is wholly; undefined where it is neither. */
export function wholeOf(channels: number, shares: Shares): 'source' | 'result' | undefined {
  const { luminance, detail } = shares;
  const colour = channels < 3 ? luminance : shares.colour;
  if (luminance === 0 && colour === 0) return 'source';
  return luminance === 1 && colour === 1 && detail === 0 ? 'result' : undefined;
}

/**
 * With d = result - source, Y its luminance, and t the fine texture that the result lacks:
 * source + colour x (d - Y) + luminance x (Y + detail x t), rounded. Alpha is mixed as luminance is.
 *
 * @param shares 0 (nothing of it) to 1 (all of it)
 * @throws RangeError when the two differ in shape or depth
 */
export function blendInto(
  source: TiledPicture,
  result: TiledPicture,
  { luminance, colour, detail }: Shares,
  mixed: TiledPicture,
): void {
  const facts = ({ width, height, channels, depth }: TiledPicture) =>
    String([width, height, channels, depth]);
  if (facts(source) !== facts(result))
    throw new RangeError('Expected the source and its result to have the same size, channels and depth.');
  const texture = luminance * detail > 0 ? lostTexture(source, result) : undefined;
  for (const rows of stripsOf(source, stripRows)) {
    const [from, to] = [partOf(source, rows), partOf(result, rows)];
    const strip = blankLike(from);
    if (source.channels < 3 || luminance === colour) mixEvenly(from, to, luminance, strip);
    else mixParts(from, to, { luminance, colour }, strip);
    if (texture) addTexture(texture(rows), luminance * detail, strip);
    mixed.write(rows, strip.data);
  }
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

function addTexture(texture: Float32Array, share: number, { channels, depth, data }: Picture): void {
  const colours = channels < 3 ? 1 : 3;
  const max = depth === 16 ? 65_535 : 255;
  for (let i = 0, at = 0; i < texture.length; i++, at += channels) {
    const added = share * (texture[i] as number) + 0.5;
    for (let c = at; c < at + colours; c++) data[c] = clip((data[c] as number) + added, max);
  }
}

const clip = (value: number, max: number) => Math.min(max, Math.max(0, value));
