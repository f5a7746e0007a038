/** The generator that was used last, ready to be used again. */

import type { Generator } from '../generate/generator.ts';
import { openGenerator } from '../generate/generator-files.ts';

/** One is kept: who looks at a model asks it again and again. */
export class Generators {
  #kept: { readonly id: string; readonly generator: Generator } | undefined;

  /** @throws {RelumeError} 'no-such-model', 'model-damaged' */
  async load(id: string): Promise<Generator> {
    if (this.#kept?.id === id) return this.#kept.generator;
    const generator = await openGenerator(id);
    await this.drop();
    this.#kept = { id, generator };
    return generator;
  }

  async drop(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.generator.dispose();
  }
}
