/** The stream of batches from the worker thread, a few steps ahead of the engine. */
import { Worker } from 'node:worker_threads';
import type { Failure } from '../../preload/contract.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import type { Collection } from './collection.ts';
import type { BatchOptions, PatchBatch } from './patch-batch.ts';

type Answer =
  | { step: number; batch: PatchBatch /** Why photos were passed over so far. */; unusable: string[] }
  | { step: number; failure: Failure };

/** Batches that are being made while the engine works on another. */
const ahead = 3;

export class BatchStream {
  readonly #worker: Worker;
  readonly #ready = new Map<number, (answer: Answer) => void>();
  readonly #promised = new Map<number, Promise<Answer>>();
  /** Milliseconds spent waiting for batches so far. */
  waited = 0;
  #unusable: readonly string[] = [];

  constructor({ training, noisyPaths }: Collection, options: BatchOptions) {
    this.#worker = new Worker(new URL('./batch-worker.js', import.meta.url), {
      workerData: { paths: training, noisyPaths, ...options },
    });
    this.#worker.on('message', (answer: Answer) => this.#ready.get(answer.step)?.(answer));
    this.#worker.on('error', (error) => {
      for (const [step, settle] of this.#ready) settle({ step, failure: toFailure(error) });
    });
  }

  /** Why photos were passed over so far, each a sentence. */
  get unusable(): readonly string[] {
    return this.#unusable;
  }

  /** Begins to make the batches of a step and of those that follow. */
  prepare(step: number): void {
    for (let next = step; next <= step + ahead; next++) this.#ask(next);
  }

  /** The batch of a step; asks for the next ones before it waits. @throws RelumeError when it cannot be made */
  async take(step: number): Promise<PatchBatch> {
    this.prepare(step);
    const start = performance.now();
    const answer = await this.#promised.get(step);
    this.waited += performance.now() - start;
    this.#promised.delete(step);
    this.#ready.delete(step);
    if (!answer) throw new Error(`no batch for step ${step}`);
    if ('failure' in answer) throw new RelumeError(answer.failure);
    this.#unusable = answer.unusable;
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
