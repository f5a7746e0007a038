/** Tells a run that falls apart from one that merely has a hard batch. */

/** Share of each new loss in the average, the multiple of it that is suspect, and how many in a row are too many. */
const memory = 0.02;
const factor = 4;
const patience = 10;
/** Losses before the average means anything. */
const settling = 20;

export class Divergence {
  #average: number | undefined;
  #count = 0;
  #suspect = 0;

  /** Whether the latest losses are out of the ordinary: no state to keep. */
  get suspicious(): boolean {
    return this.#suspect > 0;
  }

  /** @returns whether the run has diverged: a loss that is no number, or ten in a row at four times the average */
  add(loss: number): boolean {
    if (!Number.isFinite(loss)) return true;
    this.#count += 1;
    const average = this.#average ?? loss;
    this.#suspect = this.#count > settling && loss > factor * average ? this.#suspect + 1 : 0;
    if (this.#suspect === 0) this.#average = average + Math.max(memory, 1 / this.#count) * (loss - average);
    return this.#suspect >= patience;
  }
}
