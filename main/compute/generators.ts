/** The generators that were used last, ready to be used again. */
import { LRUCache } from 'lru-cache';
import type { Generator } from '../generate/generator.ts';
import { openGenerator } from '../generate/generator-files.ts';
import { findGenerator, versionOf } from '../generate/generator-shelf.ts';

/** Enough to go back and forth between two models. */
const mostKept = 2;

interface Kept {
  readonly generator: Promise<Generator>;
  /** Calls that work with it now. */
  users: number;
  /** Whether it had to make room: it ends with its last user. */
  gone: boolean;
}

export class Generators {
  readonly #kept = new LRUCache<string, Kept>({
    max: mostKept,
    dispose: (kept) => {
      kept.gone = true;
      endUnused(kept);
    },
  });

  /**
   * Works with a generator, loaded when it is not one of those that were used last. It stays until the work is done.
   *
   * @throws {RelumeError} 'no-such-model', 'model-damaged'
   */
  async use<T>(id: string, work: (generator: Generator) => Promise<T>): Promise<T> {
    const { card } = await findGenerator(id);
    const key = `${id} ${versionOf(card)}`;
    const kept = this.#kept.get(key) ?? this.#open(key, id);
    kept.users += 1;
    try {
      return await work(await kept.generator);
    } finally {
      kept.users -= 1;
      endUnused(kept);
    }
  }

  #open(key: string, id: string): Kept {
    const kept = { generator: openGenerator(id), users: 0, gone: false };
    this.#kept.set(key, kept);
    // Who waits for it is told; another time it may be whole.
    kept.generator.catch(() => this.#kept.delete(key));
    return kept;
  }
}

function endUnused({ generator, users, gone }: Kept): void {
  if (!gone || users > 0) return;
  generator.then(
    (each) => each.dispose(),
    () => undefined,
  );
}
