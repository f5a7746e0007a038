import { SvelteMap } from 'svelte/reactivity';
import type { Job, Queue, RelumeClient } from '../../preload/contract.ts';

/** The latest news of every job. An event may come before the answer that names its job; none is lost. */
export class JobBoard {
  readonly #client: RelumeClient;
  #jobs = new SvelteMap<string, Job>();
  #paused = $state(false);

  /** Saves of this run and those left by an earlier one, in the order in which they are done. */
  readonly saves = $derived.by(() => [...this.#jobs.values()].filter(({ kind }) => kind === 'save'));

  constructor(client: RelumeClient) {
    this.#client = client;
    client.on('job', (job) => this.#jobs.set(job.id, job));
    client.on('queue', (queue) => this.#take(queue));
  }

  /** Whether no further saves are begun. */
  get paused(): boolean {
    return this.#paused;
  }

  get(id: string | undefined): Job | undefined {
    return id === undefined ? undefined : this.#jobs.get(id);
  }

  /** Learns what was there before this window. */
  async start(): Promise<void> {
    this.#take(await this.#client.call('jobs.list', {}));
  }

  #take({ paused, jobs }: Queue): void {
    this.#paused = paused;
    this.#jobs.clear();
    for (const job of jobs) this.#jobs.set(job.id, job);
  }
}

/** Whether a job has not come to its end yet. */
export function isActive(job: Job | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}
