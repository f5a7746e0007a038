/** What a person sees of a generator at once: pictures of codes, codes of new pictures, and how new those are. */
import type { Drawable, PictureNovelty, RequestInput } from '../../preload/contract.ts';
import { framePng, sheetPng } from '../image/frames.ts';
import { RelumeError } from '../library/failure.ts';
import type { Generator } from './generator.ts';
import { type Matrix, matrixOf, rowsOf } from './matrix.ts';
import { sampleCodes, variationCodes } from './sample.ts';

export interface DrawParams {
  readonly model: string;
  /** One or more, one after the other. */
  readonly codes: Float32Array;
  /** The class of them all. */
  readonly label?: number | undefined;
  /** Pictures a row. */
  readonly columns: number;
}

/** PNG of what codes stand for, in rows. @throws {RelumeError} 'bad-request' for codes of another length */
export async function draw(
  generator: Generator,
  { codes: values, label, columns }: DrawParams,
): Promise<Uint8Array> {
  const { latent } = generator.card.recipe;
  const codes: Matrix = { rows: values.length / latent, columns: latent, values };
  if (!Number.isInteger(codes.rows) || codes.rows === 0 || !values.every(Number.isFinite)) {
    throw wrongLength(generator.card.name, latent, values.length);
  }
  const labels = Array.from({ length: codes.rows }, () => label ?? 0);
  const drawn = await generator.coder.decode(codes, labels);
  return sheetPng(generator.toPictures(drawn), columns, { fast: true });
}

/** PNG of a training picture's thumbnail. @throws {RelumeError} 'no-such-picture' */
export async function learntPicture({ training }: Generator, index: number): Promise<Uint8Array> {
  if (index < training.thumbnails.count) return framePng(training.thumbnails, index);
  throw new RelumeError({ code: 'no-such-picture', message: 'The collection has no such picture.' });
}

/** Codes of new pictures, of the class asked for or of every class in turn. */
export function sample(
  { prior, card }: Generator,
  { around, label, ...options }: RequestInput<'generate.sample'>,
): Drawable[] {
  const codes = around
    ? variationCodes(prior, Float32Array.from(around), options)
    : sampleCodes(prior, options);
  const classes = card.recipe.classes.length;
  return rowsOf(codes).map((code, index) => ({
    code: [...code],
    ...(classes > 0 && { label: label ?? index % classes }),
  }));
}

/** How near what is drawn is to the collection. */
export async function drawnNovelty(
  generator: Generator,
  drawn: readonly Drawable[],
): Promise<PictureNovelty[]> {
  const pictures = await drawnPictures(generator, drawn);
  const { names } = generator.training.thumbnails;
  return generator.novelty(pictures).map(({ verdict, nearest, novelty }) => ({
    verdict,
    nearest,
    nearestName: names[nearest] ?? String(nearest),
    novelty,
  }));
}

/** [N, values of a picture], 0..1 @throws {RelumeError} 'bad-request' for codes of another length */
export function drawnPictures({ card, coder }: Generator, drawn: readonly Drawable[]): Promise<Matrix> {
  const { latent } = card.recipe;
  const wrong = drawn.find(({ code }) => code.length !== latent);
  if (wrong) throw wrongLength(card.name, latent, wrong.code.length);
  return coder.decode(
    matrixOf(drawn.map(({ code }) => code)),
    drawn.map(({ label = 0 }) => label),
  );
}

function wrongLength(name: string, latent: number, length: number): RelumeError {
  const message = `${name} draws codes of ${latent} numbers, not of ${length}.`;
  return new RelumeError({ code: 'bad-request', message });
}
