/** The stream of batches from the worker thread, a few steps ahead of the engine. */
import { Worker } from 'node:worker_threads';
import type { Collection } from './collection.ts';
import type { BatchOptions, PatchBatch } from './patch-batch.ts';

type Answer = { step: number; batch: PatchBatch } | { step: number; error: string };

/** Batches that are being made while the engine works on another. */
const ahead = 3;

export class BatchStream {
  readonly #worker: Worker;
  readonly #ready = new Map<number, (answer: Answer) => void>();
  readonly #promised = new Map<number, Promise<Answer>>();
  /** Milliseconds spent waiting for batches so far. */
  waited = 0;

  constructor({ training, noisyPaths }: Collection, options: BatchOptions) {
    this.#worker = new Worker(new URL('./batch-worker.js', import.meta.url), {
      workerData: { paths: training, noisyPaths, ...options },
    });
    this.#worker.on('message', (answer: Answer) => this.#ready.get(answer.step)?.(answer));
    this.#worker.on('error', (error) => {
      for (const [step, settle] of this.#ready) settle({ step, error: error.message });
    });
  }

  /** The batch of a step; asks for the next ones before it waits. @throws Error when a photo fails to load */
  async take(step: number): Promise<PatchBatch> {
    for (let next = step; next <= step + ahead; next++) this.#ask(next);
    const start = performance.now();
    const answer = await this.#promised.get(step);
    this.waited += performance.now() - start;
    this.#promised.delete(step);
    this.#ready.delete(step);
    if (!answer || 'error' in answer) throw new Error(answer?.error ?? `no batch for step ${step}`);
    return answer.batch;
  }

  #ask(step: number): void {
    if (this.#promised.has(step)) return;
    this.#promised.set(step, new Promise((settle) => this.#ready.set(step, settle)));
    this.#worker.postMessage(step);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
