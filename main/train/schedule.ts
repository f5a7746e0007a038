/** How the learning rate and the moving average change over a run. */

/** Steps over which the learning rate rises from zero. */
const warmUp = 100;
/** The rate falls to this share of its peak. */
const floor = 0.01;

/** Linear warm-up, then a cosine fall to the last step (Loshchilov & Hutter 2017). */
export function learningRate(peak: number, step: number, steps: number): number {
  const rising = Math.min(1, step / Math.min(warmUp, steps));
  const fall = 0.5 * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));
  return peak * rising * (floor + (1 - floor) * fall);
}

/** Short memory at first, so that the average forgets the random start. */
export function emaDecay(step: number): number {
  return Math.min(0.999, step / (step + 9));
}
