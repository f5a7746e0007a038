/** What a picture is like, in a few numbers. */
import type { FeatureName } from '../../preload/contract.ts';
import { toEightBit } from './depth.ts';
import { estimateSigma } from './noise-estimate.ts';
import type { Picture } from './picture.ts';
import { blockiness, brightnessOf, sharpness } from './structure.ts';
import { partOf, type TiledPicture } from './tiled-picture.ts';

/** Side of the square in the middle that is looked at, and the least that says anything, pixels. */
export const featureSide = 512;
const leastSide = 64;

export type Features = Partial<Record<FeatureName, number>>;

/** Of the middle of a picture, as in {@link featureNames}; empty for one that is too small. */
export function featuresOf(picture: TiledPicture): Features {
  const [width, height] = [Math.min(picture.width, featureSide), Math.min(picture.height, featureSide)];
  if (Math.min(width, height) < leastSide) return {};
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const part = toEightBit(partOf(picture, { left, top, width, height }));
  const brightness = brightnessOf(part);
  const noise = estimateSigma(part);
  const detail = sharpness(brightness, noise);
  return {
    noise,
    ...(detail !== undefined && { detail }),
    blocks: blockiness(brightness),
    colourfulness: colourfulness(part),
    brightness: brightness.values.reduce((sum, value) => sum + value, 0) / brightness.values.length,
  };
}

/** Hasler and Suesstrunk, "Measuring colourfulness in natural images" (2003): 0 for grey, 109 for extremely. */
export function colourfulness({ channels, data }: Picture): number {
  if (channels < 3) return 0;
  const [redGreen, yellowBlue] = [new Moments(), new Moments()];
  for (let at = 0; at < data.length; at += channels) {
    const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    redGreen.add(r - g);
    yellowBlue.add((r + g) / 2 - b);
  }
  const spread = Math.sqrt(redGreen.variance + yellowBlue.variance);
  return spread + 0.3 * Math.hypot(redGreen.mean, yellowBlue.mean);
}

class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }

  get variance(): number {
    return this.#squares / this.#count - this.mean ** 2;
  }
}
