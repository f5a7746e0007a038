/** Pictures made small, as the map draws them and novelty compares them. */
import { emptyMatrix, type Matrix } from './matrix.ts';
import { type PictureSet, pictureLength } from './pictures.ts';

const thumbnailSide = 32;
/** At this size a decoder's softness no longer counts, but what stands where does. */
const comparedSide = 16;

/** At most 32 pixels a side. */
export function thumbnailsOf(set: PictureSet): PictureSet {
  return reducedTo(set, thumbnailSide);
}

/** At most 16 pixels a side, 0..1, one picture a row. */
export function comparable(set: PictureSet): Matrix {
  const small = reducedTo(set, comparedSide);
  const matrix = emptyMatrix(small.count, pictureLength(small));
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = (small.values[i] ?? 0) / 255;
  return matrix;
}

function reducedTo(set: PictureSet, side: number): PictureSet {
  let reduced = set;
  while (reduced.size > side && reduced.size % 2 === 0) reduced = halved(reduced);
  return reduced;
}

/** Every 2 x 2 becomes its mean. */
function halved(set: PictureSet): PictureSet {
  const side = set.size / 2;
  const values = new Uint8Array(set.values.length / 4);
  for (let i = 0; i < values.length; i++) {
    const at = 2 * Math.floor(i / side) * set.size + 2 * (i % side);
    const above = (set.values[at] ?? 0) + (set.values[at + 1] ?? 0);
    const below = (set.values[at + set.size] ?? 0) + (set.values[at + set.size + 1] ?? 0);
    values[i] = Math.round((above + below) / 4);
  }
  return { ...set, size: side, values };
}
