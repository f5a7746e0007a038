/** Writes down how a run goes, often enough to be watched, seldom enough to cost nothing. */
import type { RunStatus } from '../../preload/contract.ts';
import type { LogEntry, Measured, RunFiles } from './run-files.ts';
import { type RunRequest, takeRequest, writeStatus } from './run-status.ts';

/** Milliseconds between two writings. */
const every = 1500;

/** A run before its first step. */
export const unstarted: RunStatus = {
  state: 'running',
  step: 0,
  steps: 0,
  secondsPerStep: 0,
  waiting: 0,
  device: '',
  memoryMB: 0,
  training: 0,
  heldOut: 0,
};

type Files = Pick<RunFiles<unknown>, 'folder' | 'log' | 'trimLog'>;

export class RunRecorder {
  readonly #files: Files;
  #status: RunStatus;
  #unlogged: (LogEntry | Measured)[] = [];
  #written = performance.now();

  /** @param known what can be said of the run before its first step */
  constructor(files: Files, known: Partial<RunStatus> = {}) {
    this.#files = files;
    this.#status = { ...unstarted, ...known };
  }

  get status(): RunStatus {
    return this.#status;
  }

  change(change: Partial<RunStatus>): void {
    this.#status = { ...this.#status, ...change };
  }

  /** It is at its steps again, or has done them. */
  endPhase(): void {
    const { phase: _, ...rest } = this.#status;
    this.#status = rest;
  }

  /** The run is over, with nothing left to do. */
  finish(): void {
    this.endPhase();
    this.#status = { ...this.#status, state: 'done' };
  }

  add(entry: LogEntry | Measured): void {
    this.#unlogged.push(entry);
  }

  /** Writes when it is time to; returns what was asked of the run meanwhile. */
  async turn(): Promise<RunRequest | undefined> {
    if (performance.now() - this.#written < every) return undefined;
    await this.flush();
    return takeRequest(this.#files.folder);
  }

  async flush(): Promise<void> {
    this.#written = performance.now();
    if (this.#unlogged.length > 0) await this.#files.log(this.#unlogged.splice(0));
    await writeStatus(this.#files.folder, {
      ...this.#status,
      memoryMB: Math.round(process.memoryUsage().rss / 2 ** 20),
    });
  }

  /** Forgets what was logged after a step that is gone back to. */
  async backTo(step: number): Promise<void> {
    this.#unlogged = [];
    await this.#files.trimLog(step);
  }
}
