/** Worker threads that look at pictures side by side. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Look } from './look.ts';

/** What came of looking: the facts, or why the picture cannot be read. */
export type Looked = { readonly look: Look } | { readonly reason: string };

type Answer = Looked & { readonly index: number };

/** Threads at most, and pictures that each has at hand: one is decoded while another is measured. */
const mostThreads = 8;
const atHand = 2;

export class LookPool {
  readonly #workers: Worker[];
  readonly #asked = new Map<number, (looked: Looked) => void>();
  #next = 0;

  constructor() {
    const count = Math.min(mostThreads, availableParallelism());
    this.#workers = Array.from({ length: count }, () => this.#start());
  }

  /** Pictures that can be asked for at once. */
  get width(): number {
    return this.#workers.length * atHand;
  }

  look(path: string): Promise<Looked> {
    const index = this.#next++;
    return new Promise((resolve) => {
      this.#asked.set(index, resolve);
      this.#workers[index % this.#workers.length]?.postMessage({ index, path });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./scan-worker.js', import.meta.url));
    worker.on('message', ({ index, ...looked }: Answer) => {
      this.#asked.get(index)?.(looked);
      this.#asked.delete(index);
    });
    // A worker that ends takes all its answers with it.
    worker.on('error', (error) => {
      for (const resolve of this.#asked.values())
        resolve({ reason: `It could not be looked at: ${error.message}.` });
      this.#asked.clear();
    });
    return worker;
  }
}
