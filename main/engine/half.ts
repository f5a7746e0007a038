/** 16-bit floats (IEEE 754 binary16), in which finished models keep their weights. */

const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/** Rounds to the nearest binary16, ties to even; values beyond its range become infinite. */
export function toHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (x) => {
    value[0] = x;
    const single = bits[0] ?? 0;
    const sign = (single >>> 16) & 0x8000;
    const magnitude = single & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    // From here on it rounds to infinity.
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude >= 0x38800000) return sign | rounded(magnitude - 0x38000000, 13);
    // Below the smallest normal number: the mantissa, its hidden one included, moves right.
    const shift = 126 - (magnitude >>> 23);
    return shift > 24 ? sign : sign | rounded((magnitude & 0x7fffff) | 0x800000, shift);
  });
}

/** Drops the lowest bits, rounding to nearest, ties to even. */
function rounded(x: number, drop: number): number {
  const half = 2 ** (drop - 1);
  const kept = Math.floor(x / 2 ** drop);
  const rest = x - kept * 2 ** drop;
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}

export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const mantissa = half & 0x3ff;
    if (exponent === 0) return sign * mantissa * 2 ** -24;
    if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
  });
}
