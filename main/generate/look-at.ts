/** One picture as a generator sees and draws it, and how unusual it is to it. */
import { basename } from 'node:path';
import type { Drawable } from '../../preload/contract.ts';
import { decode } from '../image/decode.ts';
import { framePicture, framePng } from '../image/frames.ts';
import type { Picture } from '../image/picture.ts';
import { toSquare } from '../image/square.ts';
import { RelumeError } from '../library/failure.ts';
import type { Generator } from './generator.ts';
import { rowOf } from './matrix.ts';
import { type Judgement, reconstruct } from './reconstruction.ts';

export interface LookParams {
  readonly model: string;
  /** A file, or a training picture by its place in the collection. */
  readonly picture: { readonly path: string } | { readonly learnt: number };
  readonly label?: number | undefined;
}

export interface Look extends Judgement {
  readonly name: string;
  /** As the model sees it: PNG. */
  readonly seen: Uint8Array;
  readonly drawn: Drawable;
  /** Mean squared errors of held-out pictures, ascending, thinned out. */
  readonly usual: number[];
}

/** So many errors show how held-out pictures are distributed. */
const mostUsual = 100;

/** @throws PictureError, and {RelumeError} 'no-such-picture' */
export async function lookAt(generator: Generator, { picture, label }: LookParams): Promise<Look> {
  const { size, channels } = generator.card.recipe;
  const { picture: whole, name, known } = await found(generator, picture);
  const told = label ?? known;
  const values = await toSquare(whole, { size, channels, fit: 'centre' });
  const shown = { size, channels, count: 1, values, names: [name] };
  const { codes, labels, judgements } = await reconstruct(generator, shown, told === undefined ? [] : [told]);
  const [[judgement], [fitting]] = [judgements, labels];
  if (!judgement) throw new Error('the model gave no reconstruction');
  return {
    ...judgement,
    name,
    seen: await framePng(shown, 0),
    drawn: { code: [...rowOf(codes, 0)], ...(fitting !== undefined && { label: fitting }) },
    usual: thinned(generator.training.heldOutErrors),
  };
}

/** The class of a training picture is known to a model that has classes. */
async function found(
  { card, training: { thumbnails } }: Generator,
  wanted: LookParams['picture'],
): Promise<{ picture: Picture; name: string; known?: number | undefined }> {
  if ('path' in wanted) return { picture: await decode(wanted.path), name: basename(wanted.path) };
  const name = thumbnails.names[wanted.learnt];
  if (name !== undefined) {
    const known = card.recipe.classes.length > 0 ? thumbnails.labels?.[wanted.learnt] : undefined;
    return { picture: framePicture(thumbnails, wanted.learnt), name, known };
  }
  throw new RelumeError({ code: 'no-such-picture', message: 'The collection has no such picture.' });
}

function thinned(ascending: readonly number[]): number[] {
  const count = Math.min(mostUsual, ascending.length);
  return Array.from(
    { length: count },
    (_, i) => ascending[Math.round((i * (ascending.length - 1)) / Math.max(1, count - 1))] ?? 0,
  );
}
