/** What each model makes of a piece of the sample: made when it is first looked at, kept on disk. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LookSide } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import { findModel } from '../library/models.ts';
import { modelLooks } from '../library/paths.ts';
import { replaceFile } from '../library/write-file.ts';

export class ModelLooks {
  readonly #compute: ComputeHost;
  readonly #making = new Map<string, Promise<Record<LookSide, Uint8Array>>>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param compute the process that runs models */
  constructor(compute: ComputeHost) {
    this.#compute = compute;
  }

  /**
   * One picture of the pair, PNG.
   *
   * @throws {RelumeError} 'no-such-model', and what running it says
   */
  async read(id: string, side: LookSide): Promise<Uint8Array> {
    const { card } = await findModel(id);
    // The same file may do something else under another card.
    const name = [card?.sha256, card?.task, card?.scale].join('-');
    const kept = await readFile(fileOf(name, side)).catch(() => undefined);
    if (kept) return kept;
    const making = this.#making.get(name) ?? this.#next(() => this.#make(id, name));
    this.#making.set(name, making);
    try {
      return (await making)[side];
    } finally {
      this.#making.delete(name);
    }
  }

  /** One after the other: each loads a model. */
  #next<T>(make: () => Promise<T>): Promise<T> {
    const made = this.#last.then(make, make);
    this.#last = made;
    return made;
  }

  async #make(model: string, name: string): Promise<Record<LookSide, Uint8Array>> {
    const pair = await this.#compute.call('modelLook', { model });
    await mkdir(modelLooks(), { recursive: true });
    await replaceFile(fileOf(name, 'before'), [pair.before]);
    await replaceFile(fileOf(name, 'after'), [pair.after]);
    return pair;
  }
}

const fileOf = (name: string, side: LookSide) => join(modelLooks(), `${name}-${side}.png`);
