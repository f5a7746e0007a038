/** The best weights of a run so far, kept on disk as well, and how long ago they were found. */
import type { Best, RunFiles } from './run-files.ts';

/** Measurements without a new best after which a run has nothing more to learn. */
const patience = 8;

type Files = Pick<RunFiles<unknown>, 'writeBest' | 'readBest'>;

export class BestWeights {
  readonly #files: Files;
  #best: Best | undefined;
  #since = 0;

  private constructor(files: Files, best: Best | undefined) {
    this.#files = files;
    this.#best = best;
  }

  /**
   * Begins with the best of what was measured before the run was resumed.
   *
   * @param count of a network's parameters
   */
  static async open(files: Files, count: number): Promise<BestWeights> {
    return new BestWeights(files, await files.readBest(count));
  }

  get current(): Best | undefined {
    return this.#best;
  }

  get hasStalled(): boolean {
    return this.#since >= patience;
  }

  /** @returns whether these are the best so far */
  async offer(candidate: Best): Promise<boolean> {
    this.#since += 1;
    // No number is no better than anything.
    if (this.#best && !(candidate.score > this.#best.score)) return false;
    this.#best = candidate;
    this.#since = 0;
    await this.#files.writeBest(candidate);
    return true;
  }
}
