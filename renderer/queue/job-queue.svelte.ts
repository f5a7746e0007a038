import type { Job, RelumeClient, RequestInput, RequestName } from '../../preload/contract.ts';
import { isActive, type JobBoard } from '../restore/job-board.svelte.ts';
import { texts } from '../texts.ts';
import { batchSeconds } from './batch-time.ts';

interface Bench {
  readonly client: RelumeClient;
  readonly jobs: JobBoard;
  /** Tells the person what did not work. */
  report(error: unknown): void;
}

/** Milliseconds. */
const betweenDownloads = 300;

/** The saves as the drawer shows them, and what can be done about them. */
export class JobQueue {
  readonly #bench: Bench;
  #shown = $state(false);
  /** How many saves there are to be in all, while some are still being added; else 0. */
  #goal = $state(0);

  readonly saves = $derived.by(() => this.#bench.jobs.saves);
  /** Saves that are still to be added. */
  readonly coming = $derived.by(() => Math.max(0, this.#goal - this.saves.length));
  readonly total = $derived.by(() => this.saves.length + this.coming);
  readonly left = $derived.by(() => this.saves.filter(isActive).length + this.coming);
  readonly done = $derived.by(() => this.saves.filter(({ state }) => state === 'done').length);
  readonly failed = $derived.by(() => this.saves.filter(({ state }) => state === 'failed').length);
  readonly cancelled = $derived.by(() => this.saves.filter(({ state }) => state === 'cancelled').length);
  readonly secondsLeft = $derived.by(() => batchSeconds(this.saves, this.coming));

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Whether the drawer is open. */
  get shown(): boolean {
    return this.#shown;
  }

  set shown(shown: boolean) {
    this.#shown = shown;
  }

  get paused(): boolean {
    return this.#bench.jobs.paused;
  }

  /**
   * Adds saves one after the other, unless that is already being done. All count from the beginning, so that what
   * is done never seems to become less.
   *
   * @param expected how many there will be, as far as is known
   * @param find finds out what begins each
   */
  async fill(expected: number, find: () => Promise<readonly (() => Promise<void>)[]>): Promise<void> {
    if (this.#goal > 0) return;
    const before = this.saves.length;
    this.#goal = before + expected;
    const begins = await find();
    if (this.#goal > 0) this.#goal = before + begins.length;
    for (const begin of begins) {
      // They may all have been cancelled meanwhile.
      if (this.#goal === 0) return;
      await begin();
    }
    this.#goal = 0;
  }

  togglePause(): void {
    void this.#ask('jobs.pause', { paused: !this.paused });
  }

  cancel({ id }: Job): void {
    void this.#ask('jobs.cancel', { job: id });
  }

  cancelAll(): void {
    this.#goal = 0;
    for (const job of this.saves.filter(isActive)) this.cancel(job);
  }

  retry({ id }: Job): void {
    void this.#ask('jobs.retry', { job: id });
  }

  move({ id }: Job, places: number): void {
    void this.#ask('jobs.move', { job: id, places });
  }

  clear(): void {
    void this.#ask('jobs.clear', {});
  }

  /** Brings every file that was saved to the person. */
  async showAll(): Promise<void> {
    try {
      for (const { output } of this.saves) {
        if (output === undefined) continue;
        await this.#bench.client.reveal(output);
        // A browser takes only the last of several downloads that begin at once.
        await new Promise((resolve) => setTimeout(resolve, betweenDownloads));
      }
    } catch (error) {
      this.#bench.report(error);
    }
  }

  /** Writes the report and brings it to the person. */
  async openReport(): Promise<void> {
    try {
      const { path } = await this.#bench.client.call('jobs.report', {});
      await this.#bench.client.reveal(path);
    } catch (error) {
      this.#bench.report(error);
    }
  }

  /** Says that all is done to a person who looks elsewhere. */
  notify(): void {
    if (document.hasFocus() || typeof Notification === 'undefined' || Notification.permission !== 'granted')
      return;
    new Notification(texts.app, { body: texts.batchEnded(this.done, this.failed) });
  }

  async #ask<K extends RequestName>(name: K, input: RequestInput<K>): Promise<void> {
    await this.#bench.client.call(name, input).catch((error) => this.#bench.report(error));
  }
}

/** Asks once whether notifications are welcome, when a batch is begun. */
export function askToNotify(): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default')
    void Notification.requestPermission();
}
