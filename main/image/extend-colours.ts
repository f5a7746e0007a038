/** Continues colours into the transparent parts of a picture. */
import type { Picture } from './picture.ts';

/** Means of colours weighted by alpha, one cell for every 2 x 2 of the level below, and their weights. */
interface Level {
  readonly width: number;
  readonly height: number;
  /** width x height x colours, each the sum of colour times weight; 0 where nothing is known. */
  readonly sums: Float32Array;
  /** Alpha, 0..1, summed. */
  readonly weights: Float32Array;
}

/**
 * The picture with the colours of its visible parts continued where it is wholly transparent, so that a network,
 * which does not see alpha, finds no edge there and lets nothing of what is hidden bleed into what is seen.
 *
 * A hidden pixel gets the colour of the smallest square of side 2, 4, 8, … that contains it and anything
 * visible, weighted by alpha ("push-pull" filling: Gortler et al., The Lumigraph, 1996, section 3.4). Pixels
 * that can be seen, and alpha itself, stay as they are. Without hidden pixels it is the picture itself.
 */
export function extendColours(picture: Picture): Picture {
  const { channels, data } = picture;
  if (channels % 2 === 1 || !holdsHidden(data, channels)) return picture;
  const levels = pyramid(picture);
  const filled = data.slice();
  const { width, height } = picture;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += channels)
      if (data[at + channels - 1] === 0) fillFrom(levels, x, y, filled, at, channels - 1);
  return { ...picture, data: filled };
}

function holdsHidden(data: Picture['data'], channels: number): boolean {
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] === 0) return true;
  return false;
}

/** Writes the colour of the smallest known square around a pixel; nothing when all is transparent. */
function fillFrom(
  levels: readonly Level[],
  x: number,
  y: number,
  into: Picture['data'],
  at: number,
  colours: number,
): void {
  for (const [i, { width, sums, weights }] of levels.entries()) {
    const cell = (y >> (i + 1)) * width + (x >> (i + 1));
    const weight = weights[cell] as number;
    if (weight === 0) continue;
    for (let c = 0; c < colours; c++) into[at + c] = (sums[cell * colours + c] as number) / weight + 0.5;
    return;
  }
}

/** All levels, from half the size to a single cell. */
function pyramid({ data, width, height, channels, depth }: Picture): Level[] {
  const scale = depth === 16 ? 1 / 65_535 : 1 / 255;
  const colours = channels - 1;
  let level = emptyLevel(width, height, colours);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += channels) {
      const alpha = (data[at + colours] as number) * scale;
      const cell = (y >> 1) * level.width + (x >> 1);
      (level.weights[cell] as number) += alpha;
      for (let c = 0; c < colours; c++)
        (level.sums[cell * colours + c] as number) += (data[at + c] as number) * alpha;
    }
  const levels = [level];
  while (level.width > 1 || level.height > 1) {
    level = halved(level, colours);
    levels.push(level);
  }
  return levels;
}

function emptyLevel(width: number, height: number, colours: number): Level {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  return {
    width: across,
    height: down,
    sums: new Float32Array(across * down * colours),
    weights: new Float32Array(across * down),
  };
}

function halved(level: Level, colours: number): Level {
  const half = emptyLevel(level.width, level.height, colours);
  for (let y = 0, from = 0; y < level.height; y++)
    for (let x = 0; x < level.width; x++, from++) {
      const to = (y >> 1) * half.width + (x >> 1);
      (half.weights[to] as number) += level.weights[from] as number;
      for (let c = 0; c < colours; c++)
        (half.sums[to * colours + c] as number) += level.sums[from * colours + c] as number;
    }
  return half;
}
