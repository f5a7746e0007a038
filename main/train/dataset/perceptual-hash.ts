/**
 * A hash that stays nearly the same when a picture is scaled, compressed, or made a little lighter.
 *
 * The signs of the lowest frequencies of a small copy, against their median: "pHash", Zauner, "Implementation and
 * benchmarking of perceptual image hash functions" (2010), section 3.2.
 */

/** Frequencies a side; the constant one, which is brightness, is left out. */
const frequencies = 8;

/** 64 bits as two whole numbers of 32. */
export type PerceptualHash = readonly [number, number];

/** @param small side x side grey levels */
export function perceptualHash(small: Uint8Array, side: number): PerceptualHash {
  const values = lowFrequencies(small, side);
  const sorted = Float64Array.from(values).sort();
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  const hash: [number, number] = [0, 0];
  values.forEach((value, i) => {
    if (value > median) hash[i < 32 ? 0 : 1] |= 1 << (i % 32);
  });
  return [hash[0] >>> 0, hash[1] >>> 0];
}

/** Bits in which two hashes differ, 0..64. */
export function hashDistance(a: PerceptualHash, b: PerceptualHash): number {
  return bits(a[0] ^ b[0]) + bits(a[1] ^ b[1]);
}

/** Ones in a whole number of 32 bits (Warren, "Hacker's Delight", section 5-1). */
function bits(value: number): number {
  let x = value - ((value >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Coefficients 1..8 by 1..8 of the cosine transform (DCT-II, not normalized). */
function lowFrequencies(small: Uint8Array, side: number): Float64Array {
  const wave = Array.from({ length: frequencies }, (_, k) =>
    Float64Array.from({ length: side }, (_, x) => Math.cos((Math.PI * (k + 1) * (x + 0.5)) / side)),
  );
  const across = wave.map((cosine) =>
    Float64Array.from({ length: side }, (_, y) => {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += (cosine[x] ?? 0) * (small[y * side + x] ?? 0);
      return sum;
    }),
  );
  return Float64Array.from({ length: frequencies ** 2 }, (_, i) => {
    const rows = across[i % frequencies];
    const cosine = wave[Math.floor(i / frequencies)];
    let sum = 0;
    for (let y = 0; y < side; y++) sum += (cosine?.[y] ?? 0) * (rows?.[y] ?? 0);
    return sum;
  });
}
