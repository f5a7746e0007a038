/** Pictures changed by a direction between two groups, as a sheet. */

import { existsSync } from 'node:fs';
import { sheetPng } from '../image/frames.ts';
import { RelumeError } from '../library/failure.ts';
import { findPictures } from '../library/find-pictures.ts';
import { applied } from './arithmetic.ts';
import { toMatrix } from './finish.ts';
import type { Generator } from './generator.ts';
import { directionBetween, type GroupDirection } from './groups.ts';
import { classNames } from './learnt.ts';
import { type Matrix, matrixOf, rowOf, rowsOf } from './matrix.ts';
import { readPictures } from './read-pictures.ts';
import type { RequestOf } from './request.ts';

/** Pictures a row: from as it is to wholly changed. */
const steps = 5;

export interface ArithmeticSheet extends Omit<GroupDirection, 'direction'> {
  /** PNG, a row for each code. */
  readonly png: Uint8Array;
}

/** @throws {RelumeError} 'no-such-class', 'empty-group'; PictureError */
export async function arithmeticSheet(
  generator: Generator,
  codes: Matrix,
  label: number,
  { towards, from, amount }: Pick<RequestOf<'arithmetic'>, 'towards' | 'from' | 'amount'>,
): Promise<ArithmeticSheet> {
  const having = await groupCodes(generator, towards);
  const without = from === undefined ? otherCodes(generator, towards) : await groupCodes(generator, from);
  const { direction, ...counts } = directionBetween(having, without);
  const change = Float32Array.from(direction);
  const rows = rowsOf(codes).flatMap((code) =>
    Array.from({ length: steps }, (_, step) =>
      applied(code, [{ direction: change, amount: (amount * step) / (steps - 1) }]),
    ),
  );
  const labels = rows.map(() => label);
  const drawn = await generator.coder.decode(matrixOf(rows), labels);
  return { ...counts, png: await sheetPng(generator.toPictures(drawn), steps) };
}

/** Codes of a class of the collection, or of the pictures in a folder. */
async function groupCodes(generator: Generator, name: string): Promise<Matrix> {
  const classes = classNames(generator);
  if (classes.includes(name)) return codesWhere(generator, (each) => each === name);
  if (!existsSync(name)) {
    const known = classes.length > 0 ? `its classes are: ${classes.join(', ')}` : 'it has no classes';
    const message = `"${name}" is neither a folder nor a class of the collection; ${known}.`;
    throw new RelumeError({ code: 'no-such-class', message });
  }
  const paths = await findPictures([name]);
  return generator.coder.encode(toMatrix(await readPictures(generator, paths)));
}

/** Codes of all pictures of the collection that are not of this class. */
function otherCodes(generator: Generator, name: string): Matrix {
  return codesWhere(generator, (each) => each !== name);
}

function codesWhere(generator: Generator, isWanted: (name: string | undefined) => boolean): Matrix {
  const { codes, thumbnails } = generator.training;
  const names = classNames(generator);
  const places = Array.from({ length: codes.rows }, (_, place) => place);
  return matrixOf(
    places
      .filter((place) => isWanted(names[thumbnails.labels?.[place] ?? -1]))
      .map((place) => rowOf(codes, place)),
  );
}
