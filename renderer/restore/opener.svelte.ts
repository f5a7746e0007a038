import type { Picture, Refused, RelumeClient } from '../../preload/contract.ts';
import { nameOf } from '../design/path-parts.ts';
import { portionSize } from './portion-size.ts';

/** A file that is to be opened. */
export interface Waiting {
  readonly name: string;
  /** The file itself, or its path. */
  readonly source: File | string;
}

interface Bench {
  readonly client: RelumeClient;
  /** Nothing is opened before. */
  readonly started: Promise<void>;
  /** Takes the pictures of a portion, and looks at the one that is wished for, if it is among them. */
  take(pictures: readonly Picture[], shown: Picture | undefined): void;
  /** Told at the end what could not be opened. */
  refuse(refused: readonly Refused[]): void;
  report(error: unknown): void;
}

/** Opens files portion by portion, what is wished for first; the others are listed meanwhile. */
export class Opener {
  readonly #bench: Bench;
  #waiting = $state.raw<readonly Waiting[]>([]);
  /** What is to be looked at as soon as it is there. */
  #wanted: Waiting | undefined;
  #working: Promise<void> | undefined;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Files that are not open yet, in the order in which they will be. */
  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Opens files behind those that wait, and shows the first of them. @returns when nothing waits any more */
  add(sources: readonly (File | string)[]): Promise<void> {
    const added = sources.map((source) => ({
      source,
      name: typeof source === 'string' ? nameOf(source) : source.name,
    }));
    this.#waiting = [...this.#waiting, ...added];
    this.#wanted ??= added[0];
    this.#working ??= this.#work();
    return this.#working;
  }

  /** Opens a file before all others, and shows it. */
  prefer(wanted: Waiting): void {
    this.#wanted = wanted;
    this.#waiting = [wanted, ...this.#waiting.filter((each) => each !== wanted)];
  }

  /** Shows nothing by itself: the person looks at something. */
  stay(): void {
    this.#wanted = undefined;
  }

  /** Leaves the files that wait where they are. */
  stop(): void {
    this.#waiting = [];
    this.#wanted = undefined;
  }

  /** Resolves when nothing waits any more. */
  async rest(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    await this.#bench.started;
    const refused: Refused[] = [];
    let last: Parameters<typeof portionSize>[0];
    while (this.#waiting.length > 0) {
      const portion = this.#waiting.slice(0, portionSize(last));
      const begun = performance.now();
      try {
        refused.push(...(await this.#open(portion)));
      } catch (error) {
        this.#bench.report(error);
      }
      last = { count: portion.length, ms: performance.now() - begun };
    }
    this.#working = undefined;
    this.#bench.refuse(refused);
  }

  /** @returns what could not be opened */
  async #open(portion: readonly Waiting[]): Promise<Refused[]> {
    // Another file may be wished for while these are on their way, and it may be one of them.
    const wanted = () => (this.#wanted ? portion.indexOf(this.#wanted) : -1);
    try {
      const paths = await this.#pathsOf(portion);
      const { pictures, refused } = await this.#bench.client.call('pictures.open', { paths });
      const shown =
        wanted() < 0 ? undefined : (pictures.find(({ path }) => path === paths[wanted()]) ?? pictures[0]);
      if (shown) this.#wanted = undefined;
      this.#forget(portion);
      this.#bench.take(pictures, shown);
      return refused;
    } finally {
      this.#forget(portion);
      // Where it could not be opened, the next one is shown.
      if (wanted() >= 0) this.#wanted = this.#waiting[0];
    }
  }

  #forget(portion: readonly Waiting[]): void {
    this.#waiting = this.#waiting.filter((each) => !portion.includes(each));
  }

  async #pathsOf(portion: readonly Waiting[]): Promise<string[]> {
    const files = portion.flatMap(({ source }) => (typeof source === 'string' ? [] : [source]));
    const paths = await this.#bench.client.pathsOf(files);
    return portion.map(({ source }) => (typeof source === 'string' ? source : (paths.shift() ?? '')));
  }
}
