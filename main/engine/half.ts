/** 16-bit floats (IEEE 754 binary16), in which finished models keep their weights. */

/** Rounds to the nearest binary16, ties to even; values beyond its range become infinite. */
export function toHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  // Millions of weights at every evaluation: `from` and `map` take ten times as long.
  for (let i = 0; i < bits.length; i++) halves[i] = halfOf(bits[i] as number);
  return halves;
}

/** @param single the bits of a binary32 */
function halfOf(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // From here on it rounds to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | rounded(magnitude - 0x38000000, 13);
  // Below the smallest normal number: the mantissa, its hidden one included, moves right.
  const shift = 126 - (magnitude >>> 23);
  return shift > 24 ? sign : sign | rounded((magnitude & 0x7fffff) | 0x800000, shift);
}

/** Drops the lowest bits, rounding to nearest, ties to even. */
function rounded(x: number, drop: number): number {
  const half = 1 << (drop - 1);
  const kept = x >>> drop;
  const rest = x & (2 * half - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

export function fromHalf(halves: Uint16Array): Float32Array {
  const singles = new Float32Array(halves.length);
  const bits = new Uint32Array(singles.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] as number;
    const magnitude = half & 0x7fff;
    const sign = (half & 0x8000) << 16;
    if (magnitude >= 0x7c00) bits[i] = sign | 0x7f800000 | (magnitude << 13);
    else {
      // The bits as they stand read as a number that is smaller by what the two exponents' biases differ.
      bits[i] = sign | (magnitude << 13);
      singles[i] = (singles[i] as number) * 2 ** (127 - 15);
    }
  }
  return singles;
}
