/** A collection in numbers. */
import {
  type Collection,
  type CollectionPurpose,
  type FindingKind,
  findingKinds,
  leftOutAtFirst,
} from '../../../preload/contract.ts';
import { advice } from './advice.ts';
import type { Examined } from './scan.ts';

/** Side of the patches that are counted, pixels. */
const patch = 64;

export type Summary = Pick<Collection, 'usable' | 'megapixels' | 'patches' | 'findings' | 'advice'>;

export function summarize(
  pictures: readonly Examined[],
  isLeftOut: (index: number) => boolean,
  purpose: CollectionPurpose = 'restore',
): Summary {
  const counts = new Map<FindingKind, { count: number; leftOut: number }>();
  const sum = { usable: 0, megapixels: 0, patches: 0 };
  for (const [index, { width, height, findings }] of pictures.entries()) {
    const leftOut = isLeftOut(index);
    for (const { kind } of findings) {
      const { count, leftOut: before } = counts.get(kind) ?? { count: 0, leftOut: 0 };
      counts.set(kind, { count: count + 1, leftOut: before + (leftOut ? 1 : 0) });
    }
    if (leftOut) continue;
    sum.usable += 1;
    sum.megapixels += (width * height) / 1e6;
    sum.patches += Math.floor(width / patch) * Math.floor(height / patch);
  }
  const findings = findingKinds.flatMap((kind) => {
    const found = counts.get(kind);
    return found ? [{ kind, ...found }] : [];
  });
  return { ...sum, findings, advice: advice(sum.usable, purpose) };
}

/** Whether a picture is left out when nobody has said anything. */
export function leftOutBySelf({ findings }: Examined): boolean {
  return findings.some(({ kind }) => leftOutAtFirst.includes(kind));
}

/** What matters to a generator: it sees pictures small, and damage hardly shows then. */
const concernGenerators: readonly FindingKind[] = ['unreadable', 'duplicate', 'near-duplicate', 'grey'];

/** A picture with what speaks against it for this purpose. */
export function concerning(purpose: CollectionPurpose, picture: Examined): Examined {
  if (purpose === 'restore') return picture;
  return { ...picture, findings: picture.findings.filter(({ kind }) => concernGenerators.includes(kind)) };
}
