/** Why a model's map is worth more than principal components of the pixels: how well neighbours agree on their class. */
import type { RequestOutput } from '../../preload/contract.ts';
import type { Generator } from './generator.ts';
import { classAgreement } from './neighbours.ts';
import { pca, project } from './pca.ts';
import { comparable } from './thumbnails.ts';

export type MapScores = RequestOutput<'space.scores'>;

/** Nothing can be said of a collection without classes. */
export function mapScores({ training }: Pick<Generator, 'training'>): MapScores {
  const { codes, thumbnails } = training;
  const { labels } = thumbnails;
  if (!labels) return {};
  const pixels = comparable(thumbnails);
  const inPixels = (dimensions: number) =>
    classAgreement(project(pca(pixels, Math.min(dimensions, pixels.columns)), pixels), labels);
  return {
    agreement: classAgreement(codes, labels),
    pixelsAgreement: inPixels(codes.columns),
    pixelsMapAgreement: inPixels(2),
    chance: largestShare(labels),
  };
}

function largestShare(labels: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}
