/** A collection as points in the plane: pictures that are alike lie close together. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { UMAP } from 'umap-js';
import type { MapLayout } from '../../preload/contract.ts';
import { uniform } from '../engine/gaussian.ts';
import { RelumeError } from '../library/failure.ts';
import type { Generator } from './generator.ts';
import { type Matrix, matrixOf, rowsOf } from './matrix.ts';
import { classAgreement } from './neighbours.ts';
import { pca, project } from './pca.ts';
import { comparable } from './thumbnails.ts';
import type { TrainingCodes } from './training-codes.ts';

export interface CollectionMap {
  readonly layout: MapLayout;
  /** [pictures, 2], in the collection's order. */
  readonly points: Matrix;
  /** Share of pictures whose class most of their neighbours on this map have; absent without classes. */
  readonly agreement?: number;
}

/** The latent space itself where it is a plane. */
export function defaultLayout({ card }: Generator): MapLayout {
  return card.recipe.latent === 2 ? 'latent' : 'pca';
}

/** @throws {RelumeError} 'no-such-layout' when a space of more than two dimensions is to be drawn as it is */
export async function collectionMap(
  { training }: Pick<Generator, 'training'>,
  layout: MapLayout,
  signal?: AbortSignal,
): Promise<CollectionMap> {
  refuseLayout(training, layout);
  const points = await placed(training, layout, signal);
  const { labels } = training.thumbnails;
  return { layout, points, ...(labels && { agreement: classAgreement(points, labels) }) };
}

/** @throws {RelumeError} 'no-such-layout' when a space of more than two dimensions is to be drawn as it is */
export function refuseLayout({ codes }: TrainingCodes, layout: MapLayout): void {
  if (layout !== 'latent' || codes.columns === 2) return;
  throw new RelumeError({
    code: 'no-such-layout',
    message: `This latent space has ${codes.columns} dimensions: choose pca or umap to see it in two.`,
  });
}

async function placed(
  { codes, thumbnails }: TrainingCodes,
  layout: MapLayout,
  signal?: AbortSignal,
): Promise<Matrix> {
  switch (layout) {
    case 'latent':
      return codes;
    case 'pca':
      return project(pca(codes, 2), codes);
    case 'pixels': {
      const pixels = comparable(thumbnails);
      return project(pca(pixels, 2), pixels);
    }
    case 'umap':
      return umap(codes, signal);
  }
}

/** Pictures that a map is fitted to; the others find their places among them. */
const fitted = 4000;

/** UMAP (McInnes, Healy and Melville 2018), with a seed of its own: the same codes give the same map. */
async function umap(codes: Matrix, signal?: AbortSignal): Promise<Matrix> {
  const random = xoroshiro128plus(1);
  const map = new UMAP({ nComponents: 2, random: () => uniform(random) * (1 - 2 ** -32) });
  const rows = rowsOf(codes).map((row) => [...row]);
  const step = Math.max(1, Math.ceil(rows.length / fitted));
  const some = rows.filter((_, index) => index % step === 0);
  const places = await map.fitAsync(some, () => !signal?.aborted);
  signal?.throwIfAborted();
  if (step === 1) return matrixOf(places);
  const rest = map.transform(rows.filter((_, index) => index % step !== 0));
  const restOf = (index: number) => index - Math.floor(index / step) - 1;
  return matrixOf(
    rows.map((_, index) => (index % step === 0 ? places[index / step] : rest[restOf(index)]) ?? [0, 0]),
  );
}
