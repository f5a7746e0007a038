/** Answers to what a generator is asked for: files written, and what is to be said of them. */

import type { MapLayout } from '../../preload/contract.ts';
import { framePng, sheetPng } from '../image/frames.ts';
import { makeFolder } from '../library/make-folder.ts';
import { arithmeticSheet } from './arithmetic-sheet.ts';
import { codeOf, codesOrDrawn, labelsFor, labelsInTurn, planeOf } from './asked-codes.ts';
import { toMatrix } from './finish.ts';
import type { Generator } from './generator.ts';
import { interpolate } from './interpolate.ts';
import { gridCodes } from './manifold.ts';
import { collectionMap, defaultLayout } from './map.ts';
import { mapTable } from './map-table.ts';
import { type Matrix, rowsOf } from './matrix.ts';
import { type Novelty, summary, type Verdict } from './novelty.ts';
import { defaultPlane } from './plane-pictures.ts';
import { readPictures } from './read-pictures.ts';
import { type Judgement, reconstruct } from './reconstruction.ts';
import type { GenerateRequest, RequestOf } from './request.ts';
import { sampleCodes, variationCodes } from './sample.ts';
import { writeFrames } from './write-frames.ts';
import { writeNumbered } from './write-numbered.ts';

/** What is said of each picture's nearest in the collection. */
export interface NoveltyReport extends Novelty {
  /** Name of the nearest training picture. */
  readonly nearestName: string;
}

export type GenerateAnswer =
  | {
      readonly kind: 'sample';
      readonly files: readonly string[];
      readonly novelty: readonly NoveltyReport[];
      readonly summary: Readonly<Record<Verdict, number>>;
    }
  | { readonly kind: 'grid' | 'interpolate'; readonly files: readonly string[] }
  | {
      readonly kind: 'arithmetic';
      readonly files: readonly string[];
      /** Pictures of both groups, and the share of them that the direction tells apart. */
      readonly having: number;
      readonly without: number;
      readonly apart: number;
    }
  | {
      readonly kind: 'map';
      readonly layout: MapLayout;
      /** Share of pictures whose neighbours are of their class, here and on PCA of the pixels. */
      readonly agreement?: number;
      readonly pixelsAgreement?: number;
      /** Mean squared reconstruction error of the model, and of PCA with as many dimensions. */
      readonly mse: number;
      readonly pcaMse: number;
      readonly files: readonly string[];
    }
  | {
      readonly kind: 'reconstruct';
      readonly files: readonly string[];
      readonly judgements: readonly Judgement[];
    }
  | {
      readonly kind: 'novelty';
      readonly novelty: readonly NoveltyReport[];
      readonly summary: Readonly<Record<Verdict, number>>;
    };

/** @throws PictureError, and {RelumeError} 'no-such-class', 'no-such-layout' */
export async function answer(
  generator: Generator,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<GenerateAnswer> {
  if (request.kind !== 'novelty') await makeFolder(request.output);
  switch (request.kind) {
    case 'sample':
      return answerSample(generator, request, signal);
    case 'grid':
      return answerGrid(generator, request);
    case 'arithmetic':
      return answerArithmetic(generator, request);
    case 'interpolate':
      return answerInterpolation(generator, request, signal);
    case 'map':
      return answerMap(generator, request, signal);
    case 'reconstruct':
      return answerReconstruction(generator, request);
    case 'novelty': {
      const novelty = noveltyOf(generator, toMatrix(await readPictures(generator, request.pictures)));
      return { kind: 'novelty', novelty, summary: summary(novelty) };
    }
  }
}

async function answerSample(
  generator: Generator,
  request: RequestOf<'sample'>,
  signal: AbortSignal,
): Promise<GenerateAnswer> {
  const { around, count, output, seed } = request;
  const labels = labelsInTurn(generator, request.class, count);
  const codes =
    around === undefined
      ? sampleCodes(generator.prior, request)
      : variationCodes(generator.prior, await codeOf(generator, around, labels), request);
  const drawn = await generator.coder.decode(codes, labels);
  const novelty = noveltyOf(generator, drawn);
  const frames = generator.toPictures(drawn);
  const files: string[] = [];
  for (let index = 0; index < count; index++) {
    signal.throwIfAborted();
    files.push(
      await writeNumbered(output, `sample-${seed}-${index + 1}`, 'png', await framePng(frames, index)),
    );
  }
  return { kind: 'sample', files, novelty, summary: summary(novelty) };
}

/** Over the plane through three pictures, or the one that the window shows first. */
async function answerGrid(generator: Generator, request: RequestOf<'grid'>): Promise<GenerateAnswer> {
  const { columns, output, through } = request;
  const plane = through ? await planeOf(generator, through) : defaultPlane(generator);
  const labels = labelsFor(generator, request.class, columns * columns);
  const drawn = await generator.coder.decode(gridCodes(plane, columns, columns), labels);
  const png = await sheetPng(generator.toPictures(drawn), columns);
  return { kind: 'grid', files: [await writeNumbered(output, 'grid', 'png', png)] };
}

async function answerArithmetic(
  generator: Generator,
  request: RequestOf<'arithmetic'>,
): Promise<GenerateAnswer> {
  const { pictures, output } = request;
  const labels = labelsFor(generator, request.class, Math.max(1, pictures.length));
  const codes = await codesOrDrawn(generator, request, labels);
  const { png, ...told } = await arithmeticSheet(generator, codes, labels[0] ?? 0, request);
  return { kind: 'arithmetic', ...told, files: [await writeNumbered(output, 'arithmetic', 'png', png)] };
}

async function answerInterpolation(
  generator: Generator,
  request: RequestOf<'interpolate'>,
  signal: AbortSignal,
): Promise<GenerateAnswer> {
  const { pictures, frames, output, format, frameMs } = request;
  const labels = labelsFor(generator, request.class, Math.max(frames, pictures.length));
  const codes = interpolate(rowsOf(await codesOrDrawn(generator, request, labels)), request);
  const drawn = generator.toPictures(await generator.coder.decode(codes, labels));
  signal.throwIfAborted();
  return { kind: 'interpolate', files: await writeFrames(drawn, { output, format, frameMs }, signal) };
}

/** The map as a table of names, classes and places. */
async function answerMap(
  generator: Generator,
  request: RequestOf<'map'>,
  signal: AbortSignal,
): Promise<GenerateAnswer> {
  const layout = request.layout ?? defaultLayout(generator);
  const { points, agreement } = await collectionMap(generator, layout, signal);
  const { agreement: pixelsAgreement } = await collectionMap(generator, 'pixels');
  const { mse, pcaMse } = generator.card.scores;
  return {
    kind: 'map',
    layout,
    ...(agreement !== undefined && { agreement }),
    ...(pixelsAgreement !== undefined && { pixelsAgreement }),
    mse,
    pcaMse,
    files: [await writeNumbered(request.output, `map-${layout}`, 'csv', mapTable(generator, points))],
  };
}

/** A sheet with every picture above its reconstruction. */
async function answerReconstruction(
  generator: Generator,
  request: RequestOf<'reconstruct'>,
): Promise<GenerateAnswer> {
  const shown = await readPictures(generator, request.pictures);
  const labels = request.class === undefined ? [] : labelsFor(generator, request.class, shown.count);
  const { drawn, judgements } = await reconstruct(generator, shown, labels);
  const both = {
    ...shown,
    count: 2 * shown.count,
    values: Uint8Array.from([...shown.values, ...generator.toPictures(drawn).values]),
  };
  const png = await sheetPng(both, shown.count);
  return {
    kind: 'reconstruct',
    files: [await writeNumbered(request.output, 'reconstruction', 'png', png)],
    judgements,
  };
}

function noveltyOf(generator: Generator, pictures: Matrix): NoveltyReport[] {
  const { names } = generator.training.thumbnails;
  return generator
    .novelty(pictures)
    .map((each) => ({ ...each, nearestName: names[each.nearest] ?? String(each.nearest) }));
}
