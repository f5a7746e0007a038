/** The last touches, which run no network: how much of the restoration is kept, and the exact size. */
import { type Blend, type Shares, sharesOf } from '../../preload/contract.ts';
import type { Picture } from '../image/picture.ts';
import { resampleInto } from '../image/resample.ts';
import { type PictureShape, partOf, stripsOf, type TiledPicture } from '../image/tiled-picture.ts';
import { blend, blendInto, wholeOf } from './blend.ts';
import { enlargedShape } from './enlarged-shape.ts';
import { enlargedVersion } from './enlarged-version.ts';
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
  const shares = sharesOf(kept);
  const blended =
    picture === cleaned
      ? mixedOf(source, cleaned, shares, blank)
      : enlargedBlend(source, { cleaned, picture }, shares, blank);
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

/**
 * Mixes an enlarged picture with what it would be without the steps before it was enlarged, and with the texture
 * that they took away. The viewer mixes the same two.
 */
function enlargedBlend(
  source: TiledPicture,
  { cleaned, picture }: Restored,
  { detail, ...shares }: Shares,
  blank: Blank,
): TiledPicture {
  const textured = mixedOf(source, cleaned, { luminance: 1, colour: 1, detail }, blank);
  if (textured === cleaned && wholeOf(picture.channels, { ...shares, detail: 0 }) === 'result')
    return picture;
  const without = enlargedVersion(source, { cleaned, picture });
  const withTexture = enlargedVersion(textured, { cleaned, picture });
  const result = blank(enlargedShape(picture, 1));
  for (const rows of stripsOf(picture, stripRows)) {
    const part = partOf(picture, rows);
    const base = { ...part, ...without(part, rows) };
    const all = textured === cleaned ? part : { ...part, ...withTexture(part, rows) };
    result.write(rows, blend(base, all, { ...shares, detail: 0 }).data);
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
