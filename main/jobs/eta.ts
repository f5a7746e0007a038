/** Time left of a job, from the progress it has made. */

/** Intervals that are remembered: enough to be calm, few enough to follow a change of pace. */
const window = 15;
/** Intervals that must have passed before anything is said. */
const fewest = 2;

/**
 * Seconds left, from the median pace of the latest steps: one stalled tile does not move it, and the start
 * (loading the model, decoding) is not counted.
 */
export class Eta {
  #paces: number[] = [];
  #last: { progress: number; seconds: number } | undefined;

  /**
   * @param progress share done, 0..1, never falling
   * @param seconds time of this report, from any fixed origin
   * @returns seconds left, or undefined until it can be known
   */
  update(progress: number, seconds: number): number | undefined {
    const last = this.#last;
    if (!last || progress > last.progress) this.#last = { progress, seconds };
    if (last && progress > last.progress) {
      this.#paces = [...this.#paces, (seconds - last.seconds) / (progress - last.progress)].slice(-window);
    }
    if (this.#paces.length < fewest) return undefined;
    return (1 - progress) * median(this.#paces);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
