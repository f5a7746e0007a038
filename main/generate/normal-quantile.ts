/** The standard normal distribution function and its inverse. */

const centre = {
  above: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  below: [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ],
};
const tail = {
  above: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
};
const tailShare = 0.02425;

/**
 * Acklam's rational approximation (2003), to 1.2e-9 relative.
 *
 * @param p in (0, 1)
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < tailShare) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(tail.above, q) / polynomial(tail.below, q);
  }
  const q = p - 0.5;
  return (polynomial(centre.above, q * q) * q) / polynomial(centre.below, q * q);
}

/** Steps until a share is known to the last bit of a double. */
const halvings = 52;

/** The share of a standard normal distribution below z, by halving until {@link normalQuantile} gives z. */
export function normalShare(z: number): number {
  let [below, above] = [0, 1];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (below + above) / 2;
    if (normalQuantile(middle) < z) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
