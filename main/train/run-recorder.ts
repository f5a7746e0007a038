/** Writes down how a run goes, often enough to be watched, seldom enough to cost nothing. */
import type { RunStatus } from '../../preload/contract.ts';
import type { LogEntry, Run, RunFiles } from './run-files.ts';
import { type RunRequest, takeRequest, writeStatus } from './run-status.ts';

/** Milliseconds between two writings. */
const every = 1500;

export class RunRecorder {
  readonly #files: RunFiles<Run>;
  #status: RunStatus;
  #unlogged: LogEntry[] = [];
  #written = performance.now();

  constructor(files: RunFiles<Run>, status: RunStatus) {
    this.#files = files;
    this.#status = status;
  }

  get status(): RunStatus {
    return this.#status;
  }

  change(change: Partial<RunStatus>): void {
    this.#status = { ...this.#status, ...change };
  }

  add(entry: LogEntry): void {
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
