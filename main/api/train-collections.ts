/** The collections that are open in the window. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type {
  Collection,
  CollectionItem,
  CollectionPurpose,
  FindingKind,
  ShownDamage,
} from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import type { ComputeMethods } from '../compute/protocol.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import { readLeftOut, writeLeftOut } from '../library/left-out.ts';
import { collectionCache } from '../library/paths.ts';
import type { Examined, ScanProgress } from '../train/dataset/scan.ts';
import type { Grouped, NoisyPaths } from '../train/dataset/split.ts';
import type { Answers, ApiContext } from './context.ts';
import { OpenCollection } from './train-collection.ts';

/** Longest side of a thumbnail, pixels: twice what is shown, for dense screens. */
const thumbnailSide = 256;
const thumbnailBytes = 48 * 2 ** 20;

type Listener = (collection: Collection) => void;
/** Which damage is shown, and whether at all. */
type Shown = Omit<ComputeMethods['damage']['params'], 'path' | 'damage'> & { readonly damage: ShownDamage };

export class Collections {
  readonly #compute: ComputeHost;
  readonly #open = new Map<string, { collection: OpenCollection; controller: AbortController }>();
  readonly #listeners = new Set<Listener>();
  readonly #thumbnails = new LRUCache<string, Uint8Array>({
    maxSize: thumbnailBytes,
    sizeCalculation: ({ byteLength }) => byteLength,
  });

  #kept = Promise.resolve();

  /** @param compute the process that looks at pictures */
  constructor(compute: ComputeHost) {
    this.#compute = compute;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a collection; its scan goes on after this returns. */
  open(paths: readonly string[], purpose?: CollectionPurpose): Collection {
    const collection = new OpenCollection(randomUUID(), paths, purpose);
    const controller = new AbortController();
    this.#open.set(collection.id, { collection, controller });
    void this.#scan(collection, controller.signal);
    return collection.summary;
  }

  list(): Collection[] {
    return [...this.#open.values()].map(({ collection }) => collection.summary);
  }

  items(
    id: string,
    from: number,
    count: number,
    kind?: FindingKind,
  ): { total: number; items: CollectionItem[] } {
    return this.#get(id).collection.items(from, count, kind);
  }

  leaveOut(id: string, which: { index: number } | { kind: FindingKind }, leftOut: boolean): Collection {
    const { collection } = this.#get(id);
    collection.leaveOut(which, leftOut);
    this.#keep(collection);
    this.#tell(collection);
    return collection.summary;
  }

  /** One writing after the other: the last word stands. */
  #keep(collection: OpenCollection): void {
    this.#kept = this.#kept
      .then(() => writeLeftOut(collection, collection.leftOut))
      // What is not kept holds until the program ends, and the person can do nothing about it now.
      .catch((error: unknown) => void process.stderr.write(`${error}\n`));
  }

  /** @throws {RelumeError} 'not-scanned', 'no-folder' */
  async pair(id: string, paths: readonly string[]): Promise<Collection> {
    const { collection, controller } = this.#get(id);
    const clean = collection.usable().map(({ path }) => path);
    const found = await this.#compute.call('pair', { clean, noisy: paths }, { signal: controller.signal });
    collection.pairWith(found);
    this.#tell(collection);
    return collection.summary;
  }

  cancel(id: string): void {
    this.#get(id).controller.abort();
  }

  close(id: string): void {
    this.#get(id).controller.abort();
    this.#open.delete(id);
  }

  /**
   * The pictures to train on and to measure on.
   *
   * @throws {RelumeError} 'not-scanned' while the scan is not done
   */
  usable(id: string): Grouped[] {
    return this.#get(id).collection.usable();
  }

  /** What was found of the pictures to train on. @throws {RelumeError} 'not-scanned' */
  examined(id: string): Examined[] {
    return this.#get(id).collection.examined();
  }

  /** The noisy pictures of its scenes, where it was paired. */
  noisyPaths(id: string): NoisyPaths | undefined {
    return this.#get(id).collection.noisyPaths;
  }

  /** The folders and files it was made of. */
  paths(id: string): readonly string[] {
    return this.#get(id).collection.paths;
  }

  /** PNG of a picture's middle, damaged or clean. */
  damage(id: string, index: number, { damage, layer, strength }: Shown): Promise<Uint8Array> {
    const { collection } = this.#get(id);
    if (damage !== 'pairs') {
      return this.#compute.call('damage', { path: collection.pathAt(index), damage, layer, strength });
    }
    const { clean, noisy } = collection.pairAt(index);
    return this.#compute.call('middle', { path: layer === 'clean' ? clean : noisy });
  }

  /** PNG */
  async thumbnail(id: string, index: number): Promise<Uint8Array> {
    const path = this.#get(id).collection.pathAt(index);
    const key = `${id} ${path}`;
    const kept = this.#thumbnails.get(key);
    if (kept) return kept;
    const made = await this.#compute.call('thumbnail', { path, side: thumbnailSide });
    this.#thumbnails.set(key, made);
    return made;
  }

  async #scan(collection: OpenCollection, signal: AbortSignal): Promise<void> {
    try {
      collection.remember(await readLeftOut(collection));
      const params = { paths: collection.paths, cache: collectionCache() };
      const onProgress = (progress: ScanProgress) => {
        collection.take(progress);
        this.#tell(collection);
      };
      const { groups } = await this.#compute.call('scan', params, { signal, onProgress });
      collection.finish(groups);
    } catch (error) {
      const { code, message } = toFailure(error);
      collection.fail(code === 'cancelled' ? undefined : message);
    }
    this.#tell(collection);
  }

  #tell(collection: OpenCollection): void {
    for (const listener of this.#listeners) listener(collection.summary);
  }

  /** @throws {RelumeError} 'no-such-collection' */
  #get(id: string) {
    const open = this.#open.get(id);
    if (!open) {
      throw new RelumeError({ code: 'no-such-collection', message: 'That collection is not open any more.' });
    }
    return open;
  }
}

type CollectionRequest =
  | 'collections.open'
  | 'collections.list'
  | 'collections.items'
  | 'collections.leaveOut'
  | 'collections.pair'
  | 'collections.cancel'
  | 'collections.close';

export const collectionAnswers = ({ collections }: ApiContext): Answers<CollectionRequest> => ({
  'collections.open': async ({ paths, purpose }) => collections.open(paths, purpose),
  'collections.list': async () => collections.list(),
  'collections.items': async ({ collection, from, count, kind }) =>
    collections.items(collection, from, count, kind),
  'collections.leaveOut': async ({ collection, which, leftOut }) =>
    collections.leaveOut(collection, which, leftOut),
  'collections.pair': ({ collection, paths }) => collections.pair(collection, paths),
  'collections.cancel': async ({ collection }) => {
    collections.cancel(collection);
    return {};
  },
  'collections.close': async ({ collection }) => {
    collections.close(collection);
    return {};
  },
});
