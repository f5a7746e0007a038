/** The queue of network jobs: one at a time, what the person looks at first, retried once on the CPU. */
import { randomUUID } from 'node:crypto';
import type { Job, Queue } from '../../preload/contract.ts';
import type { TileProgress } from '../compute/protocol.ts';
import { toFailure } from '../library/failure.ts';
import { Eta } from './eta.ts';
import { nextJob } from './order.ts';
import { retryNote } from './retry.ts';

/** One attempt at a job. */
export interface Attempt {
  /** Id of the job. */
  readonly job: string;
  readonly signal: AbortSignal;
  /** True when an attempt on the chosen device failed before. */
  readonly onCpu: boolean;
  readonly onProgress: (progress: TileProgress) => void;
}

export interface Outcome {
  /** Device that did the work, by name. */
  readonly device: string;
  /** File written. */
  readonly output?: string;
  /** What the person should know of how it was made. */
  readonly note?: string | undefined;
}

export interface Work {
  readonly kind: Job['kind'];
  readonly picture: string;
  /** Path of its file. */
  readonly file: string;
  readonly run: (attempt: Attempt) => Promise<Outcome>;
}

interface Entry {
  readonly work: Work;
  controller: AbortController;
  job: Job;
}

type JobListener = (job: Job) => void;
type QueueListener = (queue: Queue) => void;

const isWaitingSave = ({ job }: Entry) => job.kind === 'save' && job.state === 'queued';

export class JobQueue {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<JobListener>();
  readonly #queueListeners = new Set<QueueListener>();
  readonly #clock: () => number;
  #running = false;
  #paused = false;
  #current: string | undefined;

  /** @param clock time in milliseconds from any fixed origin */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Every job since the start, oldest first. */
  get jobs(): Job[] {
    return [...this.#entries.values()].map(({ job }) => job);
  }

  /** Whether no further saves are begun. */
  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    this.#emitQueue();
    void this.#work();
  }

  /** Whether a copy is being saved, or is going to be without anybody's doing. */
  get busy(): boolean {
    const awaited = (state: Job['state']) => state === 'running' || (state === 'queued' && !this.#paused);
    return this.jobs.some(({ kind, state }) => kind === 'save' && awaited(state));
  }

  /** Listens to every change of every job; returns the function that stops it. */
  onChange(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Listens to changes of the order, the pause, and jobs that are forgotten; returns the function that stops it. */
  onQueue(listener: QueueListener): () => void {
    this.#queueListeners.add(listener);
    return () => this.#queueListeners.delete(listener);
  }

  /** Puts work in the queue; it starts when its turn has come, never before this call returns. */
  add(work: Work): Job {
    const { kind, picture, file } = work;
    const job: Job = { id: randomUUID(), kind, picture, file, state: 'queued', progress: 0 };
    const entry = { work, controller: new AbortController(), job };
    this.#entries.set(job.id, entry);
    if (kind === 'preview') this.#current = picture;
    this.#emit(job);
    queueMicrotask(() => void this.#work());
    return job;
  }

  /** Puts back a job that came to an end in an earlier run; it can be tried again. */
  recall(work: Work, job: Job): void {
    this.#entries.set(job.id, { work, controller: new AbortController(), job });
    this.#emit(job);
  }

  /** Stops a job: at once when it waits, within one tile when it runs. Nothing when it has ended. */
  cancel(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.controller.abort();
    if (entry.job.state === 'queued') this.#change(entry, { state: 'cancelled' });
  }

  /** Puts a job that failed or was cancelled at the end of the queue. */
  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.job.state !== 'failed' && entry?.job.state !== 'cancelled') return;
    const { kind, picture, file } = entry.work;
    this.#entries.delete(id);
    const job: Job = { id, kind, picture, file, state: 'queued', progress: 0 };
    this.#entries.set(id, { work: entry.work, controller: new AbortController(), job });
    this.#emit(job);
    this.#emitQueue();
    queueMicrotask(() => void this.#work());
  }

  /** Moves a waiting save among the waiting ones, so many places earlier (negative) or later. */
  move(id: string, places: number): void {
    const waiting = [...this.#entries.values()].filter(isWaitingSave);
    const from = waiting.findIndex(({ job }) => job.id === id);
    if (from < 0) return;
    const to = Math.min(waiting.length - 1, Math.max(0, from + places));
    waiting.splice(to, 0, ...waiting.splice(from, 1));
    const others = [...this.#entries.values()].filter((entry) => !isWaitingSave(entry));
    this.#entries.clear();
    for (const entry of [...others, ...waiting]) this.#entries.set(entry.job.id, entry);
    this.#emitQueue();
  }

  /** Forgets the saves that came to an end. */
  clear(): void {
    for (const { job } of [...this.#entries.values()])
      if (job.kind === 'save' && !this.isActive(job.id)) this.#entries.delete(job.id);
    this.#emitQueue();
  }

  /** Whether a job is running or waiting. */
  isActive(id: string): boolean {
    const state = this.#entries.get(id)?.job.state;
    return state === 'queued' || state === 'running';
  }

  /** Stops every preview of a picture. */
  cancelPreviews(picture: string): void {
    for (const { job } of this.#entries.values()) {
      if (job.kind === 'preview' && job.picture === picture) this.cancel(job.id);
    }
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let entry = this.#next(); entry; entry = this.#next()) await this.#run(entry);
    this.#running = false;
  }

  #next(): Entry | undefined {
    const waiting = [...this.#entries.values()].filter(
      ({ job }) => job.state === 'queued' && !(this.#paused && job.kind === 'save'),
    );
    const job = nextJob(
      waiting.map((entry) => entry.job),
      this.#current,
    );
    return job && this.#entries.get(job.id);
  }

  async #run(entry: Entry): Promise<void> {
    const begun = this.#clock();
    try {
      const { device, output, note } = await this.#attempt(entry, false).catch((error: unknown) => {
        const retried = entry.controller.signal.aborted ? undefined : retryNote(toFailure(error));
        if (!retried) throw error;
        return this.#attempt(entry, true, retried);
      });
      const seconds = (this.#clock() - begun) / 1000;
      this.#end(entry, {
        state: 'done',
        progress: 1,
        device,
        seconds,
        ...(output !== undefined && { output }),
        ...(note !== undefined && { note: [entry.job.note, note].filter(Boolean).join(' ') }),
      });
    } catch (error) {
      const { code, message } = toFailure(error);
      const cancelled = code === 'cancelled' || entry.controller.signal.aborted;
      this.#end(entry, cancelled ? { state: 'cancelled' } : { state: 'failed', reason: message });
    }
  }

  #attempt(entry: Entry, onCpu: boolean, note?: string): Promise<Outcome> {
    const eta = new Eta();
    const { tiles: _, quick: __, ...fresh } = entry.job;
    entry.job = fresh;
    this.#change(entry, { state: 'running', progress: 0, ...(note !== undefined && { note }) });
    return entry.work.run({
      job: entry.job.id,
      signal: entry.controller.signal,
      onCpu,
      onProgress: (news) => {
        const secondsLeft = eta.update(news.progress, this.#clock() / 1000);
        this.#change(entry, { ...news, ...(secondsLeft !== undefined && { secondsLeft }) });
      },
    });
  }

  #end(entry: Entry, change: Partial<Job>): void {
    const { secondsLeft: _, ...rest } = entry.job;
    entry.job = rest;
    this.#change(entry, change);
  }

  #change(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    this.#emit(entry.job);
  }

  #emitQueue(): void {
    const queue = { paused: this.#paused, jobs: this.jobs };
    for (const listener of this.#queueListeners) listener(queue);
  }

  #emit(job: Job): void {
    for (const listener of this.#listeners) listener(job);
  }
}
