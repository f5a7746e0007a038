/** Blind estimate of the noise in a picture. */
import { type Block, sampleBlocks } from './noise-blocks.ts';
import type { Picture } from './picture.ts';
import { type TiledPicture, tiledInMemory } from './tiled-picture.ts';
import { chen } from './white-noise.ts';

/** Most blocks that are asked about colour, the fewest that are used, and their share. */
const mostForColour = 256;
const colourFewest = 24;
const colourShare = 0.75;

/** Noise in the colours from which on it is taken to be white, in 8-bit levels. */
const whiteFrom = 3;
/** Cameras that spread noise leave less than this in the colours. */
const spreadBelow = 1;

/** Ranges of brightness, the share of their blocks that is taken as flat, and the fewest taken. */
const ranges = 4;
const flatShare = 0.03;
const flatFewest = 6;
/** How many times stronger than in most ranges noise can be in one. */
const mostApart = 3;

/**
 * Deviation of a flat block's 4 x 4 means against that of its noise: a quarter for white noise, more for what cameras
 * have smoothed. Where it is larger than this, what looks like noise is texture.
 */
const flatBelow = { white: 0.3, smoothed: 0.4 } as const;

/** Noise of more than this has not been smoothed by a camera: in a colour picture it would show in the colours. */
const mostSmoothed = 15;

/**
 * How many times its deviation a network that learnt on white noise is told at most. Noise that a camera has spread
 * over neighbouring pixels is coarser, and stands out as stronger white noise does. Real pairs gain most at 2.5
 * to 3.5 times, 0.9 dB on average, and nearly as much at 2, which spares more of what is texture after all.
 */
export const mostTold = 2;

/** What is known of the noise in a picture. */
export interface NoiseEstimate {
  /** Standard deviation, 8-bit levels. */
  readonly sigma: number;
  /** Deviation of the white noise that is as hard to remove, which a network is told: `sigma` itself for white noise. */
  readonly level: number;
  /** False where too little is flat to tell noise from texture: `sigma` is then rather too low than too high. */
  readonly sure: boolean;
}

/** As `estimateNoise`, the deviation alone. */
export function estimateSigma(picture: Picture | TiledPicture): number {
  return estimateNoise(picture).sigma;
}

/** As `estimateSigma`, for a mosaic of 16 x 16 pixels that do not belong together. */
export function sigmaOfMosaic(mosaic: Picture): number {
  return noiseOf(sampleBlocks(tiledInMemory(mosaic), { apart: true })).sigma;
}

/**
 * The estimator, `chen`, assumes white noise, so it is asked twice:
 *
 * - of the differences between colour channels, at full and at half size. They hold next to no texture, so
 *   that white noise shows in them whatever the picture is;
 * - of the brightness, in the flattest blocks of each of four ranges of brightness, on which noise depends.
 *   Noise that a camera has demosaiced, smoothed and compressed has lost its finest scale and its colour:
 *   half size still shows it, but there texture looks the same, hence only flat blocks.
 *
 * Where the flattest blocks are not flat, only as much is taken for noise as the smallest eigenvalue shows, which
 * texture leaves small (Pyatykh, Hesser and Zheng, "Image noise level estimation by principal component analysis",
 * 2013). Larger pictures of fine, even texture are still overestimated.
 *
 * @returns sigma 0 for pictures of less than 16 x 16 pixels
 */
export function estimateNoise(picture: Picture | TiledPicture): NoiseEstimate {
  return noiseOf(sampleBlocks('data' in picture ? tiledInMemory(picture) : picture));
}

function noiseOf(blocks: readonly Block[]): NoiseEstimate {
  if (blocks.length === 0) return { sigma: 0, level: 0, sure: false };
  const colour = colourNoise(blocks);
  if (colour >= whiteFrom) return { sigma: colour, level: colour, sure: true };
  const brightness = brightnessNoise(blocks);
  const sigma = Math.max(colour, brightness.sigma);
  return { ...brightness, sigma, level: colour < spreadBelow ? Math.max(sigma, brightness.level) : sigma };
}

/** Noise of the colour differences, where they are flattest; 0 for grey pictures. */
function colourNoise(blocks: readonly Block[]): number {
  const step = Math.ceil(blocks.length / mostForColour);
  const some = blocks.filter((_, i) => i % step === 0).sort((a, b) => a.colourRoughness - b.colourRoughness);
  const flattest = some.slice(0, Math.max(colourFewest, Math.round(some.length * colourShare)));
  const differences = [0, 1].map((d) => flattest.flatMap(({ colour }) => colour.slice(d, d + 1)));
  if (differences.some((planes) => planes.length === 0)) return 0;
  const full = differences.map((planes) => chen(planes, 0));
  const half = differences.map((planes) => chen(planes, 1));
  const found = Math.max(rms(full.map(({ sigma }) => sigma)), rms(half.map(({ sigma }) => sigma)));
  const roughness = flattest[flattest.length >> 1]?.colourRoughness ?? 0;
  return Math.sqrt(roughness) <= flatBelow.smoothed * found ? found : rms(full.map(({ least }) => least));
}

/** Noise of the brightness in flat blocks, over the ranges of brightness. */
function brightnessNoise(blocks: readonly Block[]): NoiseEstimate {
  const sorted = [...blocks].sort((a, b) => a.mean - b.mean);
  const groups = Array.from({ length: Math.min(ranges, sorted.length) }, (_, i) =>
    noiseOfRange(sorted.slice((i * sorted.length) / ranges, ((i + 1) * sorted.length) / ranges)),
  );
  const { sigma, sure } = deviationOf(groups);
  return { sigma, level: sigma * told(groups.map(({ spread }) => spread)), sure };
}

/** How many times its deviation noise is told as, from its spread over neighbouring pixels in each range. */
function told(spreads: readonly number[]): number {
  const usual = [...spreads].sort((a, b) => a - b)[spreads.length >> 1] ?? 1;
  return Math.min(mostTold, Math.max(1, (1 + usual) / 2));
}

function deviationOf(groups: readonly NoiseOfRange[]): Pick<NoiseEstimate, 'sigma' | 'sure'> {
  const flat = groups.filter((group) => group.flat).map(({ noise }) => noise);
  const found = groups.map(({ noise }) => noise).sort((a, b) => a - b);
  if (flat.length === 0)
    return { sigma: found[0] ?? 0, sure: rms(groups.map(({ texture }) => texture)) < whiteFrom };
  const [lowest, highest] = [Math.min(...flat), Math.max(...flat)];
  if (2 * flat.length <= groups.length && highest > mostApart * lowest)
    return { sigma: rms(groups.map((group) => asInFlattest(group, lowest))), sure: highest < whiteFrom };
  const usual = found[(found.length - 1) >> 1] ?? 0;
  return { sigma: rms(found.map((noise) => Math.min(noise, mostApart * usual))), sure: true };
}

/**
 * The noise of a range where few are flat, and too unlike each other to be noise: the lowest of them is trusted.
 * What hides its noise has as much, unless it shows less; what looks flat is even texture above what noise can vary.
 */
function asInFlattest({ flat, noise, texture }: NoiseOfRange, lowest: number): number {
  return flat ? Math.min(noise, mostApart * lowest) : Math.max(noise, Math.min(texture, lowest));
}

/**
 * White noise is the same at both sizes. Of noise that is gone at full size, half size too misses about a quarter
 * (median over photographs with a measured truth).
 */
function together(full: number, half: number): number {
  return half > full ? half + 0.4 * (half - full) : full;
}

interface NoiseOfRange {
  readonly flat: boolean;
  /** Deviation at half size against that at full size: 1 for white noise. */
  readonly spread: number;
  readonly noise: number;
  readonly texture: number;
}

/** What the flattest blocks of a range hold, as noise or as texture. */
function noiseOfRange(blocks: readonly Block[]): NoiseOfRange {
  const count = Math.max(flatFewest, Math.round(blocks.length * flatShare));
  const flattest = [...blocks].sort((a, b) => a.roughness - b.roughness).slice(0, count);
  const planes = flattest.map(({ brightness }) => brightness);
  const [full, half] = [chen(planes, 0), chen(planes, 1)];
  const found = together(full.sigma, half.sigma);
  const roughness = flattest[flattest.length >> 1]?.roughness ?? 0;
  const isGrey = flattest.every(({ colour }) => colour.length === 0);
  const limit = found <= mostSmoothed ? flatBelow.smoothed : isGrey ? flatBelow.white : 0;
  const flat = Math.sqrt(roughness) <= limit * found;
  const spread = half.sigma > full.sigma ? half.sigma / full.sigma : 1;
  return flat
    ? { flat, spread, noise: found, texture: 0 }
    : { flat, spread, noise: full.least, texture: found };
}

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
