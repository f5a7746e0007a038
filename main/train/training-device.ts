/** What a run trains on: the chosen device, and the CPU once that has failed. */
import type { Device } from '../../preload/contract.ts';

export type OnDeviceFailed = (id: Device['id'], reason: string) => Promise<void>;

export class TrainingDevice {
  readonly #onFailed: OnDeviceFailed;
  #id: Device['id'];
  #note: string | undefined;

  constructor(id: Device['id'], onFailed: OnDeviceFailed) {
    this.#id = id;
    this.#onFailed = onFailed;
  }

  get id(): Device['id'] {
    return this.#id;
  }

  /** What the person should know, once it has failed. */
  get note(): string | undefined {
    return this.#note;
  }

  fail(reason: string): void {
    this.#note = `The device "${this.#id}" failed: ${reason} Training went on on the CPU.`;
    void this.#onFailed(this.#id, reason).catch((error) => process.stderr.write(`${error}\n`));
    this.#id = 'cpu';
  }
}
