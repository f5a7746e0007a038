/** The last touches, which run no network: how much of the restoration is kept, and the exact size. */
import { type Blend, type Shares, sharesOf } from '../../preload/contract.ts';
import type { Picture } from '../image/picture.ts';
import { resampleInto, resampler } from '../image/resample.ts';
import { type PictureShape, stripsOf, type TiledPicture } from '../image/tiled-picture.ts';
import { blendInto, wholeOf } from './blend.ts';
import { enlargedShape } from './enlarged-shape.ts';
import { stripRows } from './texture.ts';

/** Sizes that a result can be brought to: one side, or both sides' product; the other follows. */
export interface TargetSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** In millions of pixels. */
  readonly megapixels?: number | undefined;
}

export interface Restored {
  /** After the steps that keep the size. */
  readonly cleaned: TiledPicture;
  /** After all steps. */
  readonly picture: TiledPicture;
}

/** Makes room for a picture. */
export type Blank = (shape: PictureShape) => TiledPicture;

/**
 * @param kept how much of what the steps before enlarging did is kept
 * @throws RangeError when source and cleaned differ in shape
 */
export function finish(
  source: TiledPicture,
  { cleaned, picture }: Restored,
  kept: Blend,
  target: TargetSize,
  blank: Blank,
): TiledPicture {
  const mixed = mixedOf(source, cleaned, sharesOf(kept), blank);
  const blended = picture === cleaned ? mixed : withDifference(picture, cleaned, mixed, blank);
  const { width, height } = targetSize(picture, target);
  if (width === picture.width && height === picture.height) return blended;
  const sized = blank({ ...enlargedShape(blended, 1), width, height });
  resampleInto(blended, sized);
  return sized;
}

function mixedOf(source: TiledPicture, cleaned: TiledPicture, shares: Shares, blank: Blank): TiledPicture {
  const whole = wholeOf(source.channels, shares);
  if (whole !== undefined) return whole === 'source' ? source : cleaned;
  const mixed = blank(enlargedShape(source, 1));
  blendInto(source, cleaned, shares, mixed);
  return mixed;
}

/** Adds to an enlarged picture what a blend changed before it was enlarged: no second run of the network. */
function withDifference(
  enlarged: TiledPicture,
  cleaned: TiledPicture,
  mixed: TiledPicture,
  blank: Blank,
): TiledPicture {
  if (mixed === cleaned) return enlarged;
  const result = blank(enlargedShape(enlarged, 1));
  const [from, to] = [resampler(cleaned, enlarged), resampler(mixed, enlarged)];
  const max = enlarged.depth === 16 ? 65_535 : 255;
  for (const rows of stripsOf(enlarged, stripRows)) {
    const samples = enlarged.read(rows);
    const [before, after] = [from(rows), to(rows)];
    for (let i = 0; i < samples.length; i++) {
      const value = (samples[i] as number) + (after[i] as number) - (before[i] as number);
      samples[i] = Math.min(max, Math.max(0, value));
    }
    result.write(rows, samples);
  }
  return result;
}

/** Whole sides of the result, at least one pixel; its own where nothing is asked for. */
export function targetSize(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  target: TargetSize,
): { width: number; height: number } {
  const factor = factorFor(width, height, target);
  const side = (length: number) => Math.max(1, Math.round(length * factor));
  return { width: target.width ?? side(width), height: target.height ?? side(height) };
}

function factorFor(width: number, height: number, target: TargetSize): number {
  if (target.width !== undefined) return target.width / width;
  if (target.height !== undefined) return target.height / height;
  if (target.megapixels !== undefined) return Math.sqrt((target.megapixels * 1e6) / (width * height));
  return 1;
}
