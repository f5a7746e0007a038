/** One collection: the pictures that were found, what was found of them, and what the person leaves out. */
import { basename } from 'node:path';
import {
  type Collection,
  type CollectionItem,
  type CollectionPurpose,
  type FindingKind,
  unusableKinds,
} from '../../preload/contract.ts';
import { Eta } from '../jobs/eta.ts';
import { RelumeError } from '../library/failure.ts';
import type { LeftOut } from '../library/left-out.ts';
import type { Examined, ScanProgress } from '../train/dataset/scan.ts';
import type { Grouped, NoisyPaths } from '../train/dataset/split.ts';
import { concerning, leftOutBySelf, summarize } from '../train/dataset/summary.ts';
import type { FoundPairs } from '../train/pairs/find-pairs.ts';
import type { Pair } from '../train/pairs/match.ts';

/** Reasons that are told at once. */
const mostReasons = 5;

export class OpenCollection {
  readonly id: string;
  readonly paths: readonly string[];
  readonly purpose: CollectionPurpose;
  readonly #eta = new Eta();
  #chosen = new Map<string, boolean>();
  #state: Collection['state'] = 'looking';
  #found: string[] = [];
  #examined: Examined[] = [];
  #groups: readonly number[] = [];
  #secondsLeft: number | undefined;
  #reason: string | undefined;
  #pairs: FoundPairs | undefined;
  #summary: Collection | undefined;

  constructor(id: string, paths: readonly string[], purpose: CollectionPurpose = 'restore') {
    this.id = id;
    this.purpose = purpose;
    this.paths = paths;
  }

  get summary(): Collection {
    this.#summary ??= {
      id: this.id,
      paths: [...this.paths],
      state: this.#state,
      found: this.#found.length,
      scanned: this.#examined.length,
      ...summarize(this.#examined, (index) => this.#isLeftOut(index), this.purpose),
      ...(this.#state === 'scanning' &&
        this.#secondsLeft !== undefined && { secondsLeft: this.#secondsLeft }),
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...(this.#pairs && { pairs: this.#pairing(this.#pairs) }),
    };
    return this.#summary;
  }

  take(progress: ScanProgress): void {
    this.#summary = undefined;
    if (progress.kind === 'found') {
      this.#found = [...progress.paths];
      this.#state = 'scanning';
      return;
    }
    for (const picture of progress.pictures) this.#examined.push(concerning(this.purpose, picture));
    this.#secondsLeft = this.#eta.update(
      this.#examined.length / Math.max(1, this.#found.length),
      performance.now() / 1000,
    );
  }

  finish(groups: readonly number[]): void {
    this.#summary = undefined;
    this.#groups = groups;
    this.#state = 'done';
  }

  /** @param reason undefined when the scan was cancelled */
  fail(reason: string | undefined): void {
    this.#summary = undefined;
    this.#state = reason === undefined ? 'cancelled' : 'failed';
    this.#reason = reason;
  }

  items(from: number, count: number, kind: FindingKind | undefined) {
    const indices = kind === undefined ? undefined : this.#having(kind);
    const total = indices?.length ?? this.#found.length;
    const wanted = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => from + i);
    return { total, items: wanted.map((place) => this.#item(indices?.[place] ?? place)) };
  }

  leaveOut(which: { index: number } | { kind: FindingKind }, leftOut: boolean): void {
    this.#summary = undefined;
    for (const index of 'index' in which ? [which.index] : this.#having(which.kind)) {
      this.#chosen.set(this.pathAt(index), leftOut);
    }
  }

  /** What the person has said, by path. */
  get leftOut(): LeftOut {
    return this.#chosen;
  }

  /** Takes up what the person said of the same pictures before. */
  remember(leftOut: LeftOut): void {
    this.#summary = undefined;
    this.#chosen = new Map([...leftOut, ...this.#chosen]);
  }

  /** What was found of the pictures that are not left out. @throws {RelumeError} 'not-scanned' */
  examined(): Examined[] {
    const usable = new Set(this.usable().map(({ path }) => path));
    return this.#examined.filter((_, index) => usable.has(this.#found[index] ?? ''));
  }

  /** @throws {RelumeError} 'not-scanned' */
  usable(): Grouped[] {
    if (this.#state !== 'done') {
      const message = 'The pictures have not all been looked at yet: wait for the scan, or start it again.';
      throw new RelumeError({ code: 'not-scanned', message });
    }
    return this.#found
      .map((path, index) => ({ path, group: this.#groups[index] ?? index, index }))
      .filter(({ index }) => !this.#isLeftOut(index))
      .map(({ path, group }) => ({ path, group }));
  }

  pairWith(pairs: FoundPairs): void {
    this.#summary = undefined;
    this.#pairs = pairs;
  }

  get noisyPaths(): NoisyPaths | undefined {
    return this.#pairs?.noisyPaths;
  }

  /** @throws {RelumeError} 'no-such-picture' */
  pathAt(index: number): string {
    const path = this.#found[index];
    if (path === undefined) {
      throw new RelumeError({
        code: 'no-such-picture',
        message: 'There is no such picture in the collection.',
      });
    }
    return path;
  }

  /** @throws {RelumeError} 'no-such-picture' */
  pairAt(index: number): Pair {
    const [clean, noisy] = Object.entries(this.#pairs?.noisyPaths ?? {})[index] ?? [];
    if (clean === undefined || noisy === undefined) {
      throw new RelumeError({ code: 'no-such-picture', message: 'There is no such pair in the collection.' });
    }
    return { clean, noisy };
  }

  #pairing({ noisyPaths, refused }: FoundPairs): Collection['pairs'] {
    return {
      count: Object.keys(noisyPaths).length,
      refused: refused.slice(0, mostReasons).map(({ reason }) => reason),
      refusedCount: refused.length,
    };
  }

  #item(index: number): CollectionItem {
    const { width = 0, height = 0, findings = [] } = this.#examined[index] ?? {};
    const name = basename(this.#found[index] ?? '');
    return { index, name, width, height, findings: [...findings], leftOut: this.#isLeftOut(index) };
  }

  #having(kind: FindingKind): number[] {
    return this.#examined.flatMap(({ findings }, index) =>
      findings.some((f) => f.kind === kind) ? [index] : [],
    );
  }

  #isLeftOut(index: number): boolean {
    const picture = this.#examined[index];
    if (!picture) return false;
    if (picture.findings.some(({ kind }) => unusableKinds.includes(kind))) return true;
    return this.#chosen.get(this.#found[index] ?? '') ?? leftOutBySelf(picture);
  }
}
