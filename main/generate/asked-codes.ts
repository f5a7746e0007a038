/** The codes and classes that a request names: of picture files, or drawn where there are none. */
import { toMatrix } from './finish.ts';
import type { Generator } from './generator.ts';
import { type Plane, planeThrough } from './manifold.ts';
import { type Matrix, rowsOf } from './matrix.ts';
import { readPictures } from './read-pictures.ts';
import { sampleCodes } from './sample.ts';

/** Codes that are drawn where no pictures are named. */
const drawnCount = 5;

/** @throws PictureError */
async function codesOf(generator: Generator, paths: readonly string[], labels: readonly number[]) {
  return generator.coder.encode(
    toMatrix(await readPictures(generator, paths)),
    labels.slice(0, paths.length),
  );
}

/** @throws PictureError */
export async function codeOf(generator: Generator, path: string, labels: readonly number[]) {
  const [code] = rowsOf(await codesOf(generator, [path], labels));
  if (!code) throw new Error('the encoder gave no code');
  return code;
}

/**
 * Codes of the pictures; of a few that are drawn where none are named.
 *
 * @throws PictureError
 */
export async function codesOrDrawn(
  generator: Generator,
  { pictures, seed }: { readonly pictures: readonly string[]; readonly seed: number },
  labels: readonly number[],
): Promise<Matrix> {
  if (pictures.length > 0) return codesOf(generator, pictures, labels);
  return sampleCodes(generator.prior, { seed, count: drawnCount, temperature: 1 });
}

/** The plane through the codes of three pictures. @throws PictureError */
export async function planeOf(generator: Generator, pictures: readonly string[]): Promise<Plane> {
  const labels = labelsFor(generator, undefined, pictures.length);
  const [a, b, c] = rowsOf(await codesOf(generator, pictures, labels));
  if (!a || !b || !c) throw new RangeError('Expected three pictures for a plane.');
  return planeThrough(a, b, c);
}

/** The class asked for, the first where none is, as often as needed. @throws {RelumeError} 'no-such-class' */
export function labelsFor(generator: Generator, name: string | undefined, count: number): number[] {
  const label = name === undefined ? 0 : generator.labelOf(name);
  return Array.from({ length: count }, () => label);
}

/** The class asked for; every class in turn where none is. @throws {RelumeError} 'no-such-class' */
export function labelsInTurn(generator: Generator, name: string | undefined, count: number): number[] {
  if (name !== undefined) return labelsFor(generator, name, count);
  const classes = Math.max(1, generator.card.recipe.classes.length);
  return Array.from({ length: count }, (_, index) => index % classes);
}
