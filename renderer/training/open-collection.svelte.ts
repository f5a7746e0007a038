import type { Collection, CollectionPurpose, FindingKind, RelumeClient } from '../../preload/contract.ts';

/** Does work, and reports what did not work. */
export type Attempt = (work: () => Promise<unknown>) => Promise<void>;

/** The collection that a model is to learn from, as it is looked through. */
export class OpenCollection {
  readonly client: RelumeClient;
  readonly #purpose: CollectionPurpose;
  readonly #attempt: Attempt;
  readonly #onchange: (collection: Collection) => void;
  #current = $state.raw<Collection>();
  /** What was told last, of whatever collection. */
  #told: Collection | undefined;

  /** @param onchange told of the collection whenever more of it is known */
  constructor(
    client: RelumeClient,
    purpose: CollectionPurpose,
    attempt: Attempt,
    onchange: (collection: Collection) => void = () => undefined,
  ) {
    this.client = client;
    this.#purpose = purpose;
    this.#attempt = attempt;
    this.#onchange = onchange;
    client.on('collection', (collection) => {
      this.#told = collection;
      if (collection.id === this.#current?.id) this.#take(collection);
    });
  }

  get current(): Collection | undefined {
    return this.#current;
  }

  async openPaths(paths: string[]): Promise<void> {
    await this.#attempt(async () => {
      const before = this.#current;
      const opened = await this.client.call('collections.open', { paths, purpose: this.#purpose });
      // A small one may have been looked through before this answer came.
      this.#take(this.#told?.id === opened.id ? this.#told : opened);
      if (before) await this.client.call('collections.close', { collection: before.id });
    });
  }

  async openFiles(files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.#attempt(async () => this.openPaths(await this.client.pathsOf(files)));
  }

  /** Goes back to no collection. */
  async close(): Promise<void> {
    const id = this.#current?.id;
    this.#current = undefined;
    if (id !== undefined)
      await this.#attempt(() => this.client.call('collections.close', { collection: id }));
  }

  async stopScan(): Promise<void> {
    const id = this.#current?.id;
    if (id !== undefined)
      await this.#attempt(() => this.client.call('collections.cancel', { collection: id }));
  }

  async leaveOut(which: { index: number } | { kind: FindingKind }, leftOut: boolean): Promise<void> {
    await this.#change((collection) =>
      this.client.call('collections.leaveOut', { collection, which, leftOut }),
    );
  }

  /** Finds the noisy pictures of its scenes among files and folders. */
  async pairWith(paths: string[]): Promise<void> {
    await this.#change((collection) => this.client.call('collections.pair', { collection, paths }));
  }

  async #change(work: (collection: string) => Promise<Collection>): Promise<void> {
    const id = this.#current?.id;
    if (id === undefined) return;
    await this.#attempt(async () => {
      this.#take(await work(id));
    });
  }

  #take(collection: Collection): void {
    this.#current = collection;
    this.#onchange(collection);
  }
}
