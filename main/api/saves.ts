/** The saves of the window: put into the queue, kept in the journal until they are done. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Job } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import { blaming, tasksOf } from '../devices/blame.ts';
import { type Journal, JournalFile, type SaveOrder } from '../jobs/journal.ts';
import type { JobQueue, Work } from '../jobs/queue.ts';
import { requireSpace, spaceFor } from '../library/disk-space.ts';
import { isUpload, journalFile, resultsFolder, samplePath } from '../library/paths.ts';

interface Entry {
  readonly order: SaveOrder;
  /** Bytes that its result may take. */
  readonly space: number;
}

export class Saves {
  readonly #compute: ComputeHost;
  readonly #jobs: JobQueue;
  readonly #journal = new JournalFile(journalFile());
  readonly #entries = new Map<string, Entry>();
  readonly #states = new Map<string, Job['state']>();
  /** What was left when the application began to end. */
  #last: Journal | undefined;

  constructor(compute: ComputeHost, jobs: JobQueue) {
    this.#compute = compute;
    this.#jobs = jobs;
    jobs.onChange((job) => this.#follow(job));
    jobs.onQueue(() => this.#keep());
  }

  /** Goes on with a batch that an earlier run has left. Copies that a browser had sent may be gone with that run. */
  async resume(): Promise<void> {
    const { paused, waiting, ended } = await this.#journal.read();
    const left = await Promise.all(
      waiting
        .filter(({ path }) => !isUpload(path) || existsSync(path))
        .map(async (order) => ({ order, space: await spaceFor(order.path, order.chain) })),
    );
    // At once, so that the journal is never without what is not added yet.
    for (const { order, job } of left.length > 0 ? ended : []) {
      this.#entries.set(job.id, { order, space: 0 });
      this.#jobs.recall(this.#work('', order), job);
    }
    for (const { order, space } of left) this.#add('', order, space);
    if (paused) this.#jobs.paused = true;
  }

  /** Keeps what is left now, whatever becomes of it while the application ends; waits until it is written. */
  close(): Promise<void> {
    this.#last = this.#left();
    return this.#journal.flush();
  }

  /**
   * @param picture id of the open picture
   * @returns id of the job
   * @throws {RelumeError} 'no-space'
   */
  async add(picture: string, wish: Omit<SaveOrder, 'folder'>): Promise<string> {
    const folder = await saveFolder(wish.path);
    const order = { ...wish, ...(folder !== undefined && { folder }) };
    const space = await spaceFor(order.path, order.chain);
    const promised = this.#waiting().reduce((sum, entry) => sum + entry.space, space);
    await requireSpace(promised, folder ?? dirname(order.path));
    return this.#add(picture, order, space);
  }

  #add(picture: string, order: SaveOrder, space: number): string {
    const { id } = this.#jobs.add(this.#work(picture, order));
    this.#entries.set(id, { order, space });
    this.#keep();
    return id;
  }

  #work(picture: string, order: SaveOrder): Work {
    const { device, folder, ...options } = order;
    return {
      kind: 'save',
      picture,
      file: order.path,
      run: ({ signal, onCpu, onProgress }) => {
        const place = { device: onCpu ? 'cpu' : device, ...(folder !== undefined && { folder }) };
        const work = this.#compute.call('save', { ...options, ...place }, { signal, onProgress });
        return blaming(place.device, tasksOf(order.chain), work);
      },
    };
  }

  #follow({ id, kind, state }: Job): void {
    if (kind !== 'save' || this.#states.get(id) === state) return;
    this.#states.set(id, state);
    this.#keep();
  }

  #waiting(): Entry[] {
    return this.#jobs.jobs.flatMap(({ id }) => {
      const entry = this.#entries.get(id);
      return entry && this.#jobs.isActive(id) ? [entry] : [];
    });
  }

  #keep(): void {
    this.#journal.write(() => this.#last ?? this.#left());
  }

  #left(): Journal {
    const ended = this.#jobs.jobs.flatMap((job) => {
      const order = this.#entries.get(job.id)?.order;
      return order && !this.#jobs.isActive(job.id) ? [{ order, job }] : [];
    });
    return { paused: this.#jobs.paused, waiting: this.#waiting().map(({ order }) => order), ended };
  }
}

/** Where the result goes when it does not belong beside its source: an upload or the sample. */
async function saveFolder(path: string): Promise<string | undefined> {
  if (path !== samplePath && !isUpload(path)) return undefined;
  await mkdir(resultsFolder(), { recursive: true });
  return resultsFolder();
}
