/** Planes of the latent space as a person sees them. */
import { planeTileCells, type RequestInput, type RequestOutput } from '../../preload/contract.ts';
import { sheetPng } from '../image/frames.ts';
import { RelumeError } from '../library/failure.ts';
import type { Generator } from './generator.ts';
import { type Plane, planeThrough, principalPlane, priorPlane } from './manifold.ts';
import { emptyMatrix, type Matrix, matrixOf, rowOf } from './matrix.ts';
import { codeAtPlace, type Place, type PlaneTile, shownShare, tileCodes } from './plane-walk.ts';

/** Through three codes; else the whole of a 2-D space, or the plane in which the collection differs most. */
export function shownPlane(
  generator: Generator,
  through: RequestInput<'space.plane'>['through'],
): RequestOutput<'space.plane'> {
  const { origin, across, down } = through ? throughThree(generator, through) : defaultPlane(generator);
  return {
    plane: { origin: [...origin], across: [...across], down: [...down] },
    shown: shownShare({ origin, across, down }, generator.training.codes),
  };
}

/** The whole prior where the latent space is a plane; else the two directions in which the collection differs most. */
export function defaultPlane({ card, prior, training }: Generator): Plane {
  return card.recipe.latent === 2 ? priorPlane(prior) : principalPlane(training.codes);
}

/** @throws {RelumeError} 'bad-request' for codes of another length */
function throughThree(
  { card }: Generator,
  codes: NonNullable<RequestInput<'space.plane'>['through']>,
): Plane {
  const { latent } = card.recipe;
  if (codes.some((code) => code.length !== latent)) {
    const message = `${card.name} has codes of ${latent} numbers; these are of another model.`;
    throw new RelumeError({ code: 'bad-request', message });
  }
  const [a, b, c] = codes;
  return planeThrough(Float32Array.from(a), Float32Array.from(b), Float32Array.from(c));
}

/** PNG of the picture at a place. */
export async function drawnPlane(
  generator: Generator,
  plane: Plane,
  place: Place,
  label = 0,
): Promise<Uint8Array> {
  const drawn = await generator.coder.decode(matrixOf([codeAtPlace(plane, place)]), [label]);
  return sheetPng(generator.toPictures(drawn), 1, { fast: true });
}

/**
 * PNG of a tile's pictures.
 *
 * @param free waits while something more urgent is drawn; asked before every picture
 */
export async function drawnTile(
  generator: Generator,
  plane: Plane,
  tile: PlaneTile,
  label = 0,
  free: () => Promise<void> = async () => {},
): Promise<Uint8Array> {
  const codes = tileCodes(plane, tile);
  const { channels, size } = generator.card.recipe;
  const pictures = emptyMatrix(codes.rows, channels * size * size);
  for (let row = 0; row < codes.rows; row++) {
    await free();
    const { values } = await generator.coder.decode(only(codes, row), [label]);
    pictures.values.set(values, row * pictures.columns);
  }
  return sheetPng(generator.toPictures(pictures), planeTileCells, { fast: true });
}

function only(matrix: Matrix, row: number): Matrix {
  return { rows: 1, columns: matrix.columns, values: rowOf(matrix, row) };
}
