import { SvelteMap } from 'svelte/reactivity';
import type { Job, RelumeClient } from '../../preload/contract.ts';

/** The latest news of every job. An event may come before the answer that names its job; none is lost. */
export class JobBoard {
  #jobs = new SvelteMap<string, Job>();

  constructor(client: RelumeClient) {
    client.on('job', (job) => this.#jobs.set(job.id, job));
  }

  get(id: string | undefined): Job | undefined {
    return id === undefined ? undefined : this.#jobs.get(id);
  }
}

/** Whether a job has not come to its end yet. */
export function isActive(job: Job | undefined): boolean {
  return job?.state === 'queued' || job?.state === 'running';
}
