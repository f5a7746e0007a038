/** What the network made of the open pictures, finished or still growing. */
import type { Part } from '../../preload/contract.ts';
import type { Begun, Growing } from '../image/growing-tile.ts';
import type { Picture } from '../image/picture.ts';
import { boundedCache, pictureBudget } from './bounded-cache.ts';
import type { ChainResult } from './chain.ts';

/** What a result depends on; the device does not change it. */
export interface StepKey {
  /** Key of the source in the picture store. */
  readonly source: string;
  /** Fingerprints of the models so far, and the noise level that each was told. */
  readonly steps: readonly { readonly model: string; readonly sigma: number }[];
  /** The noise level of the last step. */
  readonly sigma: number;
}

export class ResultStore {
  readonly #results;
  /** Steps that were given up, or are in work, share the room of the finished ones. */
  readonly #begun;
  readonly #growing = new Map<string, Growing>();
  readonly #looks = new Map<string, Part>();
  readonly #layers = new Map<string, string>();
  /** Results with their lost texture, made when they are first looked at. */
  readonly #detailed;

  constructor(budget: number = pictureBudget) {
    this.#results = boundedCache<ChainResult>(budget);
    this.#begun = boundedCache<Begun>(budget / 2);
    this.#detailed = boundedCache<{ readonly picture: Picture }>(budget / 2);
  }

  get(key: StepKey): ChainResult | undefined {
    return this.#results.get(textOf(key));
  }

  /** What is there of a step that is not finished. */
  begun(key: StepKey): Begun | undefined {
    return this.#begun.get(textOf(key));
  }

  /** Keeps a step that is in work, so that it can be gone on with after it was given up. */
  begin(key: StepKey, begun: Begun): void {
    this.#begun.set(textOf(key), begun);
  }

  /** Shows a picture as a layer while it is being made. */
  grow(layer: string, growing: Growing): void {
    this.#growing.set(layer, growing);
  }

  /** What of a layer is looked at while it is made. */
  look(layer: string, part: Part): void {
    this.#looks.set(layer, part);
  }

  lookAt(layer: string): Part | undefined {
    return this.#looks.get(layer);
  }

  /** A picture does not grow any more. */
  drop(layer: string): void {
    this.#growing.delete(layer);
    this.#looks.delete(layer);
  }

  keep(key: StepKey, result: ChainResult): void {
    this.#results.set(textOf(key), result);
    this.#begun.delete(textOf(key));
  }

  /** Shows a kept result as a layer. */
  show(layer: string, key: StepKey): void {
    this.#growing.delete(layer);
    this.#layers.set(layer, textOf(key));
  }

  /** A layer that is being made. */
  growing(layer: string): Growing | undefined {
    return this.#growing.get(layer);
  }

  /** The pixels of a layer; undefined when they had to make room. */
  layer(layer: string): Picture | undefined {
    return this.#growing.get(layer)?.begun?.picture ?? this.whole(layer)?.picture.whole();
  }

  /** What is known of a layer that is complete; undefined when it had to make room. */
  whole(layer: string): ChainResult | undefined {
    const key = this.#layers.get(layer);
    return key === undefined ? undefined : this.#results.get(key);
  }

  /** The pixels of a whole layer made into others, which are kept in their turn. */
  detailed(layer: string, make: (result: ChainResult) => Picture): Picture | undefined {
    const result = this.whole(layer);
    if (!result) return undefined;
    const picture = this.#detailed.get(layer)?.picture ?? make(result);
    this.#detailed.set(layer, { picture });
    return picture;
  }
}

const textOf = ({ source, steps }: StepKey) => JSON.stringify([source, steps]);
