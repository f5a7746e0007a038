/** The scan of a collection, with its progress on the terminal. */
import type { ComputeHost } from '../compute/host.ts';
import { Eta } from '../jobs/eta.ts';
import { collectionCache } from '../library/paths.ts';
import type { Examined } from '../train/dataset/scan.ts';
import type { Grouped } from '../train/dataset/split.ts';
import { barText, type ProgressLine } from './progress-line.ts';

/** A picture with what was found of it. */
export type Scanned = Examined & Grouped;

/** @throws {RelumeError} 'no-folder', 'cancelled' */
export async function scanPictures(
  compute: ComputeHost,
  paths: readonly string[],
  line: ProgressLine,
  signal: AbortSignal,
): Promise<Scanned[]> {
  const eta = new Eta();
  const found: string[] = [];
  const examined: Examined[] = [];
  const params = { paths, cache: collectionCache() };
  const { groups } = await compute.call('scan', params, {
    signal,
    onProgress: (progress) => {
      if (progress.kind === 'found') for (const path of progress.paths) found.push(path);
      else for (const picture of progress.pictures) examined.push(picture);
      const share = examined.length / Math.max(1, found.length);
      line.show(barText('Looking', share, eta.update(share, performance.now() / 1000)));
    },
  });
  line.clear();
  return examined.map((each, i) => ({ ...each, path: found[i] ?? '', group: groups[i] ?? i }));
}
