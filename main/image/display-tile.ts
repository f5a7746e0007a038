/** Tiles of a picture for the screen. */
import sharp from 'sharp';
import { displayTile as side } from '../../preload/contract.ts';
import type { Picture } from './picture.ts';
import { withPngMetadata } from './png-metadata.ts';

/**
 * The display tile at a level of reduction: PNG, 8 bits, with the picture's colour profile.
 *
 * A display pixel is the mean of the 2^level x 2^level pixels that it covers (fewer at the right and bottom).
 *
 * @param level 0 is full size, each further level halves
 * @param x column of the tile, counted in tiles of 512 display pixels
 * @param y row of the tile
 * @throws RangeError when the tile lies outside the picture
 */
export async function displayTile(
  picture: Picture,
  level: number,
  x: number,
  y: number,
): Promise<Uint8Array> {
  const { data, width, height } = reduced(picture, level, x * side, y * side);
  const png = await sharp(data, { raw: { width, height, channels: picture.channels } })
    .toColourspace(picture.channels <= 2 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
  const { icc } = picture.metadata;
  return icc ? withPngMetadata(png, { icc }) : png;
}

interface Reduced {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Reduces the part of the picture under one tile whose first display pixel is (left, top). */
function reduced(picture: Picture, level: number, left: number, top: number): Reduced {
  const block = 2 ** level;
  const width = Math.min(side, Math.ceil(picture.width / block) - left);
  const height = Math.min(side, Math.ceil(picture.height / block) - top);
  if (!(width > 0 && height > 0 && left >= 0 && top >= 0))
    throw new RangeError(
      `Expected a tile inside the picture, but received level ${level} at ${left}, ${top}.`,
    );
  const { channels } = picture;
  const data = new Uint8Array(width * height * channels);
  const sums = new Float64Array(width * channels);
  for (let row = 0; row < height; row++) {
    const firstRow = (top + row) * block;
    const rows = Math.min(block, picture.height - firstRow);
    sums.fill(0);
    for (let i = 0; i < rows; i++) addRow(picture, firstRow + i, left * block, block, sums);
    writeMeans(picture, left * block, block, rows, sums, data, row * width * channels);
  }
  return { data, width, height };
}

/** Adds one picture row to the sums of the display pixels that it falls under. */
function addRow(picture: Picture, row: number, left: number, block: number, sums: Float64Array): void {
  const { data, channels, width } = picture;
  const columns = Math.min((sums.length / channels) * block, width - left);
  let at = (row * width + left) * channels;
  for (let to = 0, column = 0; column < columns; column += block, to += channels) {
    const end = at + Math.min(block, columns - column) * channels;
    while (at < end)
      for (let c = 0; c < channels; c++, at++) sums[to + c] = (sums[to + c] as number) + (data[at] as number);
  }
}

function writeMeans(
  { width, channels, depth }: Picture,
  left: number,
  block: number,
  rows: number,
  sums: Float64Array,
  into: Uint8Array,
  at: number,
): void {
  const toLevels = depth === 16 ? 255 / 65_535 : 1;
  for (let i = 0; i < sums.length; i += channels) {
    const columns = Math.min(block, width - left - (i / channels) * block);
    const scale = toLevels / (rows * columns);
    for (let c = 0; c < channels; c++) into[at + i + c] = (sums[i + c] as number) * scale + 0.5;
  }
}
