/** Which pictures are trained on, and which are held out to measure on. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

export interface Split {
  readonly training: readonly string[];
  /** Never trained on, and like none that is. */
  readonly heldOut: readonly string[];
}

/** Path of the noisy picture by the path of the clean one, of pairs. */
export type NoisyPaths = Readonly<Record<string, string>>;

/** A picture with the number of its group of near duplicates or of its burst. */
export interface Grouped {
  readonly path: string;
  readonly group: number;
}

/** Held out are 5 % of the pictures, but at least 16 where that leaves four fifths, and at most 100. */
const share = { usual: 0.05, most: 0.2, fewest: 16, cap: 100 } as const;

/**
 * Groups go to one side as a whole. Which ones follows from the names of the files, so that the same collection is
 * split alike wherever it lies.
 */
export function split(pictures: readonly Grouped[]): Split {
  const count = pictures.length;
  const wanted = Math.min(
    share.cap,
    Math.max(count * share.usual, Math.min(share.fewest, count * share.most)),
  );
  const heldOut = new Set<string>();
  for (const { paths } of shuffled([...groupsOf(pictures).values()])) {
    if (heldOut.size >= Math.max(1, Math.floor(wanted))) break;
    // A group that is larger than all that may be held out can only be trained on.
    if (heldOut.size + paths.length <= Math.max(1, count * share.most))
      for (const path of paths) heldOut.add(path);
  }
  const paths = pictures.map(({ path }) => path);
  return {
    training: paths.filter((path) => !heldOut.has(path)),
    heldOut: paths.filter((path) => heldOut.has(path)),
  };
}

function groupsOf(pictures: readonly Grouped[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { path, group } of pictures) {
    const paths = groups.get(group) ?? [];
    paths.push(path);
    groups.set(group, paths);
  }
  return groups;
}

/** In an order as good as random that stays with the names. */
function shuffled(groups: readonly (readonly string[])[]) {
  return groups.map((paths) => ({ paths, key: key(paths) })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function key(paths: readonly string[]): string {
  const [first = ''] = paths.map((path) => basename(path)).sort();
  return createHash('sha256').update(first).digest('hex');
}
