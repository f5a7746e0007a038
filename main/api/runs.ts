/** The training runs of one kind: started here, or watched while another process trains them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStatus } from '../../preload/contract.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import { bundledModels, ownModels, runsFolder } from '../library/paths.ts';
import { deleteRun } from '../train/delete-run.ts';
import { RunLog } from '../train/run-log.ts';

/** Milliseconds between two looks at the runs on disk. */
const watchEvery = 1000;

type Summary = Pick<RunStatus, 'state' | 'reason'> & { readonly id: string };

export class Runs<S extends Summary> {
  readonly #read: (folder: string) => Promise<S[]>;
  readonly #listeners = new Set<(run: S) => void>();
  readonly #logs = new Map<string, RunLog>();
  /** Runs that are trained by this process's own compute process. */
  readonly #own = new Set<string>();
  /** Why a run could not even begin. */
  readonly #failures = new Map<string, string>();
  readonly #told = new Map<string, string>();
  #watch: NodeJS.Timeout | undefined;

  /** @param read lists the runs of a folder */
  constructor(read: (folder: string) => Promise<S[]>) {
    this.#read = read;
  }

  /** Whether a run is being trained here. */
  get busy(): boolean {
    return this.#own.size > 0;
  }

  onChange(listener: (run: S) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Every run; from now on changes are told. */
  async list(): Promise<S[]> {
    this.#watch ??= setInterval(() => void this.#look(), watchEvery).unref();
    const runs = await this.#read(runsFolder());
    return runs.map((run) => this.#explained(run));
  }

  /**
   * Lets a run be trained; it goes on after this returns.
   *
   * @param work trains the run in the compute process
   */
  train(name: string, work: () => Promise<unknown>): void {
    this.#own.add(name);
    this.#failures.delete(name);
    void work()
      .catch((error: unknown) => {
        const { code, message } = toFailure(error);
        if (code !== 'cancelled') this.#failures.set(name, message);
      })
      .finally(() => {
        this.#own.delete(name);
        void this.#look();
      });
  }

  /** @throws {RelumeError} 'no-such-run' */
  async get(name: string): Promise<S> {
    const run = (await this.list()).find(({ id }) => id === name);
    if (!run) throw new RelumeError({ code: 'no-such-run', message: `There is no run ${name} any more.` });
    return run;
  }

  /** @throws {RelumeError} 'no-such-run', RunError while it is trained */
  async delete(name: string): Promise<void> {
    await this.get(name);
    await deleteRun(folderOf(name));
    for (const known of [this.#logs, this.#failures, this.#told]) known.delete(name);
  }

  log(name: string): RunLog {
    const log = this.#logs.get(name) ?? new RunLog(folderOf(name));
    this.#logs.set(name, log);
    return log;
  }

  /** Tells of every run that has changed since it was told of. */
  async #look(): Promise<void> {
    for (const run of await this.list()) {
      const text = JSON.stringify(run);
      if (this.#told.get(run.id) === text) continue;
      this.#told.set(run.id, text);
      for (const listener of this.#listeners) listener(run);
    }
  }

  #explained(run: S): S {
    const reason = this.#failures.get(run.id);
    return run.state === 'paused' && reason !== undefined ? { ...run, reason } : run;
  }
}

export const folderOf = (name: string): string => join(runsFolder(), name);

/** @throws {RelumeError} 'run' when there is a run or a model of this name */
export async function refuseTakenName(name: string): Promise<void> {
  if (!(await takenNames()).has(name)) return;
  const message = `There is a run or a model named ${name} already: choose another name.`;
  throw new RelumeError({ code: 'run', message });
}

async function takenNames(): Promise<Set<string>> {
  const folders = [runsFolder(), ownModels(), bundledModels];
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return new Set(names.flat());
}

/** "denoise-my-photos", or with a number when there is a run or a model of that name. */
export async function freeName(words: readonly string[]): Promise<string> {
  const wanted = words
    .flatMap((word) => word.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .join('-')
    .slice(0, 58);
  const taken = await takenNames();
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
