/** What the network made of the open pictures, finished or still growing. */
import type { Picture } from '../image/picture.ts';
import { pyramidOf } from '../image/pyramid.ts';
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
  readonly #growing = new Map<string, Picture>();
  readonly #layers = new Map<string, string>();
  /** Results with their lost texture, made when they are first looked at. */
  readonly #detailed;

  constructor(budget: number = pictureBudget) {
    this.#results = boundedCache<ChainResult>(budget);
    this.#detailed = boundedCache<{ readonly picture: Picture }>(budget / 2);
  }

  get(key: StepKey): ChainResult | undefined {
    return this.#results.get(textOf(key));
  }

  /** Shows a picture as a layer while it is being made. */
  grow(layer: string, picture: Picture): void {
    this.#growing.set(layer, picture);
  }

  /** Rows of a growing picture from `row` on have changed. */
  changed(layer: string, row: number): void {
    const picture = this.#growing.get(layer);
    if (picture) pyramidOf(picture).changedBelow(row);
  }

  /** A picture that grew was given up. */
  drop(layer: string): void {
    this.#growing.delete(layer);
  }

  keep(key: StepKey, result: ChainResult): void {
    this.#results.set(textOf(key), result);
  }

  /** Shows a kept result as a layer. */
  show(layer: string, key: StepKey): void {
    this.#growing.delete(layer);
    this.#layers.set(layer, textOf(key));
  }

  /** The pixels of a layer; undefined when they had to make room. */
  layer(layer: string): Picture | undefined {
    return this.#growing.get(layer) ?? this.whole(layer)?.picture;
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
