/** What a run trains on: the chosen device, and the CPU once that has failed; and in how many parts at a time. */
import type { Device } from '../../preload/contract.ts';
import type { Trouble } from '../engine/steady-trainer.ts';

export type OnDeviceFailed = (id: Device['id'], reason: string) => Promise<void>;

/** How training goes on after its process has crashed. */
export interface Recovery {
  /** Parts that a batch is taken in. */
  readonly parts: number;
  /** What the person should know. */
  readonly note: string;
}

export class TrainingDevice {
  readonly #onFailed: OnDeviceFailed;
  #id: Device['id'];
  #parts: number;
  #note: string | undefined;

  constructor(id: Device['id'], onFailed: OnDeviceFailed, recovery?: Recovery) {
    this.#id = id;
    this.#onFailed = onFailed;
    this.#parts = recovery?.parts ?? 1;
    this.#note = recovery?.note;
  }

  get id(): Device['id'] {
    return this.#id;
  }

  /** Parts that a batch of so many patches is taken in, so that they fit into memory. */
  partsOf(patches: number): number {
    let parts = this.#parts;
    while (patches % parts !== 0) parts /= 2;
    return parts;
  }

  /** What the person should know of what has happened since this was asked for last. */
  takeNote(): string | undefined {
    const note = this.#note;
    this.#note = undefined;
    return note;
  }

  meet(trouble: Trouble): void {
    switch (trouble.kind) {
      case 'batch-divided':
        this.#parts = trouble.parts;
        this.#note = `The memory did not hold a whole batch: it is now taken in ${trouble.parts} parts, one after the other. The result stays the same; a step takes a little longer.`;
        return;
      case 'device-too-small':
        this.#note = `The memory of the device "${this.#id}" is too small to train this network. Training went on on the CPU.`;
        this.#goOnCpu();
        return;
      case 'device-failed':
        this.#note = `The device "${this.#id}" failed: ${trouble.reason} Training went on on the CPU.`;
        void this.#onFailed(this.#id, trouble.reason).catch((error) => process.stderr.write(`${error}\n`));
        this.#goOnCpu();
    }
  }

  #goOnCpu(): void {
    this.#id = 'cpu';
    this.#parts = 1;
  }
}
