/** Finds the fine texture that a network took away together with the noise. */
import { luminanceWeights } from '../../preload/contract.ts';
import type { Area, TiledPicture } from '../image/tiled-picture.ts';
import { boxMean } from './box-mean.ts';

/** Texture is what differs from the mean of this neighbourhood, and its strength is judged in the next; pixels. */
const fineRadius = 2;
const judgedRadius = 3;
const margin = fineRadius + judgedRadius;
/** The variance of 49 samples of noise alone exceeds what it should be by so much now and then. */
const fluctuation = 1.5;
/** Noise depends on brightness, so that its strength is found for so many ranges of it. */
const ranges = 16;
/** Enough of a picture for its noise to be known by. */
const enoughPixels = 2_000_000;
/** Rows that are looked at together. */
export const stripRows = 128;

/**
 * The texture that `result` lacks of `source`, by rows of the picture: luminance to add to the result, in levels of
 * the picture's depth, row by row.
 *
 * What the network removed is noise, which is about equally strong wherever the picture is equally bright, and
 * texture, which stands out of it: of the fine part h of what was removed in luminance, the share
 * max(0, 1 - n / v) is texture, a Wiener filter. v is the local variance of h, and n that of noise alone: the median
 * of v over pixels of the same brightness (Lee, Digital image enhancement and noise filtering by use of local
 * statistics, 1980).
 */
export function lostTexture(source: TiledPicture, result: TiledPicture): (rows: Area) => Float32Array {
  const noise = noiseByBrightness(source, result);
  return ({ top, height }) => {
    const { fine, variance, brightness } = removed(source, result, top, top + height);
    return fine.map((value, i) => {
      const share = 1 - (fluctuation * noise(brightness[i] as number)) / (variance[i] as number);
      return share > 0 ? share * value : 0;
    });
  };
}

interface Removed {
  /** Fine part of the luminance that was removed, in levels. */
  readonly fine: Float32Array;
  /** Its local variance. */
  readonly variance: Float32Array;
  /** Of the result, 0..1. */
  readonly brightness: Float32Array;
}

function removed(source: TiledPicture, result: TiledPicture, from: number, to: number): Removed {
  const { width, height } = source;
  const top = Math.max(0, from - margin);
  const rows = Math.min(height, to + margin) - top;
  const brightness = luminance(result, top, rows);
  const gone = luminance(source, top, rows).map((value, i) => value - (brightness[i] as number));
  const mean = boxMean(gone, width, fineRadius);
  const fine = gone.map((value, i) => value - (mean[i] as number));
  const squares = fine.map((value) => value * value);
  const variance = boxMean(squares, width, judgedRadius);
  const max = source.depth === 16 ? 65_535 : 255;
  const wanted = (plane: Float32Array) => plane.subarray((from - top) * width, (to - top) * width);
  return {
    fine: wanted(fine),
    variance: wanted(variance),
    brightness: wanted(brightness).map((value) => value / max),
  };
}

function luminance(picture: TiledPicture, top: number, rows: number): Float32Array {
  const { channels, width } = picture;
  const data = picture.read({ left: 0, top, width, height: rows });
  const plane = new Float32Array(width * rows);
  const [red, green, blue] = luminanceWeights;
  for (let i = 0, at = 0; i < plane.length; i++, at += channels) {
    plane[i] =
      channels < 3
        ? (data[at] as number)
        : red * (data[at] as number) + green * (data[at + 1] as number) + blue * (data[at + 2] as number);
  }
  return plane;
}

/** The variance of noise alone by brightness, 0..1, from strips all over the picture. */
function noiseByBrightness(source: TiledPicture, result: TiledPicture): (brightness: number) => number {
  const found: number[][] = Array.from({ length: ranges }, () => []);
  const strips = Math.ceil(source.height / stripRows);
  const step = Math.max(1, Math.round((source.width * source.height) / enoughPixels));
  for (let strip = (step >> 1) % strips; strip < strips; strip += step) {
    const from = strip * stripRows;
    const to = Math.min(source.height, from + stripRows);
    const { variance, brightness } = removed(source, result, from, to);
    // Neighbours share most of what they are judged by.
    for (let i = 0; i < variance.length; i += 7)
      found[rangeOf(brightness[i] as number)]?.push(variance[i] as number);
  }
  const medians = found.map((values) => values.sort((a, b) => a - b)[values.length >> 1]);
  return between(medians);
}

const rangeOf = (brightness: number) => Math.min(ranges - 1, Math.floor(brightness * ranges));

/** Goes straight from the middle of one range to that of the next; what was not seen is as its neighbour. */
function between(medians: readonly (number | undefined)[]): (brightness: number) => number {
  const upward: number[] = [];
  for (const median of medians)
    upward.push(median ?? upward.at(-1) ?? medians.find((each) => each !== undefined) ?? 0);
  return (brightness) => {
    const place = Math.min(ranges - 1, Math.max(0, brightness * ranges - 0.5));
    const lower = Math.floor(place);
    const [from = 0, to = from] = upward.slice(lower, lower + 2);
    return from + (to - from) * (place - lower);
  };
}
