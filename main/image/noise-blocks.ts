/** Small blocks sampled over a picture, from which its noise is estimated. */
import type { Picture } from './picture.ts';
import { partOf, type TiledPicture } from './tiled-picture.ts';

/** Side of a block at full size, pixels. */
export const blockSide = 16;

/** Most blocks that are sampled along each axis, and fewest: in small pictures they overlap. */
const mostAcross = 40;
const fewestAcross = 13;

/** Fewest blocks that do without those in which noise is clipped. */
const fewest = 32;

/** One plane of a block at full and at half size (2 x 2 means), row by row, in 8-bit levels. */
export type Scales = readonly [full: Float32Array, half: Float32Array];

export interface Block {
  readonly mean: number;
  /** Variance of the 4 x 4 means around a plane: how far the block is from flat, noise mostly averaged out. */
  readonly roughness: number;
  /** Mean of the colour channels. */
  readonly brightness: Scales;
  /** The same of `colour`, their mean. */
  readonly colourRoughness: number;
  /** (red - green) / sqrt 2, (blue - green) / sqrt 2: white noise keeps its deviation in them. Empty for grey. */
  readonly colour: readonly Scales[];
}

/**
 * Blocks on a regular grid over the picture, without those too dark or bright where enough others remain.
 *
 * @param options.apart blocks are those of a mosaic and never overlap
 */
export function sampleBlocks(picture: TiledPicture, { apart = false } = {}): Block[] {
  const starts = apart ? startsApart : gridStarts;
  const across = starts(picture.width);
  const side = { width: blockSide, height: blockSide };
  const blocks = starts(picture.height).flatMap((top) =>
    across.map((left) => readBlock(partOf(picture, { left, top, ...side }))),
  );
  const unclipped = blocks.filter(({ mean }) => mean > 10 && mean < 245);
  return unclipped.length >= fewest ? unclipped : blocks;
}

function gridStarts(length: number): number[] {
  if (length >= fewestAcross * blockSide) return startsApart(length);
  const room = length - blockSide;
  const count = Math.max(0, Math.min(room + 1, fewestAcross));
  return Array.from({ length: count }, (_, i) => Math.round((i * room) / Math.max(1, count - 1)));
}

function startsApart(length: number): number[] {
  const fitting = Math.floor(length / blockSide);
  const count = Math.min(fitting, mostAcross);
  return Array.from({ length: count }, (_, i) => Math.floor((i * fitting) / count) * blockSide);
}

function readBlock(picture: Picture): Block {
  const red = readPlane(picture, 0);
  if (picture.channels <= 2) return { ...measured(red), colour: [], colourRoughness: 0 };
  const green = readPlane(picture, 1);
  const blue = readPlane(picture, 2);
  const brightness = red.map((value, i) => (value + (green[i] as number) + (blue[i] as number)) / 3);
  const differences = [red, blue].map((plane) =>
    plane.map((v, i) => (v - (green[i] as number)) * Math.SQRT1_2),
  );
  const measures = differences.map(measured);
  return {
    ...measured(brightness),
    colour: measures.map(({ brightness }) => brightness),
    colourRoughness: measures.reduce((sum, { roughness }) => sum + roughness / 2, 0),
  };
}

function readPlane({ data, channels, depth }: Picture, channel: number): Float32Array {
  const plane = new Float32Array(blockSide * blockSide);
  const scale = depth === 16 ? 255 / 65_535 : 1;
  for (let to = 0, at = channel; to < plane.length; to++, at += channels)
    plane[to] = (data[at] as number) * scale;
  return plane;
}

function measured(plane: Float32Array): Pick<Block, 'mean' | 'roughness' | 'brightness'> {
  const half = halved(plane, blockSide);
  const quarter = halved(half, blockSide / 2);
  const mean = quarter.reduce((sum, value) => sum + value) / quarter.length;
  return { mean, roughness: aroundPlane(quarter, mean), brightness: [plane, half] };
}

/** 2 x 2 means of a square plane. */
function halved(plane: Float32Array, side: number): Float32Array {
  const means = new Float32Array((side / 2) ** 2);
  for (let i = 0, at = 0; i < means.length; i++, at += 2) {
    if (at % (2 * side) === side) at += side;
    const upper = (plane[at] as number) + (plane[at + 1] as number);
    means[i] = (upper + (plane[at + side] as number) + (plane[at + side + 1] as number)) / 4;
  }
  return means;
}

/** Variance of 4 x 4 values around the plane fitted to them. */
function aroundPlane(values: Float32Array, mean: number): number {
  let across = 0;
  let down = 0;
  let squares = 0;
  values.forEach((value, i) => {
    const u = (i % 4) - 1.5;
    const v = Math.floor(i / 4) - 1.5;
    across += u * value;
    down += v * value;
    squares += (value - mean) ** 2;
  });
  // Each slope is its sum over the 20 that u^2 sums to, and takes its own share of the squares.
  return (squares - (across ** 2 + down ** 2) / 20) / 13;
}
