/** The last touches, which run no network: how much of the restoration is kept, and the exact size. */
import { type Blend, sharesOf } from '../../preload/contract.ts';
import { blankLike, type Picture } from '../image/picture.ts';
import { resample } from '../image/resample.ts';
import { blend } from './blend.ts';

/** Sizes that a result can be brought to: one side, or both sides' product; the other follows. */
export interface TargetSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** In millions of pixels. */
  readonly megapixels?: number | undefined;
}

export interface Restored {
  /** After the steps that keep the size. */
  readonly cleaned: Picture;
  /** After all steps. */
  readonly picture: Picture;
}

/**
 * @param kept how much of what the steps before enlarging did is kept
 * @throws RangeError when source and cleaned differ in shape
 */
export function finish(
  source: Picture,
  { cleaned, picture }: Restored,
  kept: Blend,
  target: TargetSize = {},
): Picture {
  const mixed = blend(source, cleaned, sharesOf(kept));
  const blended = picture === cleaned ? mixed : withDifference(picture, cleaned, mixed);
  const { width, height } = targetSize(picture, target);
  return resample(blended, width, height);
}

/** Adds to an enlarged picture what a blend changed before it was enlarged: no second run of the network. */
function withDifference(enlarged: Picture, cleaned: Picture, mixed: Picture): Picture {
  if (mixed === cleaned) return enlarged;
  const { width, height, data, depth } = enlarged;
  const [from, to] = [cleaned, mixed].map((each) => resample(each, width, height));
  const result = blankLike(enlarged);
  const max = depth === 16 ? 65_535 : 255;
  for (let i = 0; i < data.length; i++) {
    const value = (data[i] as number) + (to?.data[i] as number) - (from?.data[i] as number);
    result.data[i] = Math.min(max, Math.max(0, value));
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
