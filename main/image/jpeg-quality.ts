/** How strongly a JPEG file was compressed, from its quantization tables (ITU-T T.81, section B.2.4.1). */

/** Sum of the luminance table in annex K.1, which libjpeg takes for quality 50. */
const standardSum = 3685;

/**
 * The quality, 1..100, of libjpeg whose luminance table sums to the same.
 *
 * @param head the beginning of the file, up to its first quantization table
 * @returns undefined when it is no JPEG or holds no table
 */
export function jpegQuality(head: Uint8Array): number | undefined {
  const table = luminanceTable(head);
  if (!table) return undefined;
  const scale = (100 * table.reduce((sum, value) => sum + value, 0)) / standardSum;
  const quality = scale <= 100 ? (200 - scale) / 2 : 5000 / scale;
  return Math.round(Math.min(100, Math.max(1, quality)));
}

/** The 64 values of table 0; segments before it, previews in EXIF among them, are stepped over. */
function luminanceTable(head: Uint8Array): number[] | undefined {
  if (head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 2; at + 4 <= head.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xff00 || marker === 0xffda) return undefined;
    if (marker !== 0xffdb) continue;
    const deep = (head[at + 4] ?? 0) >> 4 !== 0;
    const from = at + 5;
    if (from + (deep ? 128 : 64) > head.length) return undefined;
    return Array.from({ length: 64 }, (_, i) =>
      deep ? view.getUint16(from + 2 * i) : view.getUint8(from + i),
    );
  }
  return undefined;
}
