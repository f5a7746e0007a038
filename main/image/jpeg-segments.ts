/** The marker segments in front of a JPEG's picture (ITU-T T.81, annex B). */
import type { ReadAt } from './bytes.ts';

interface JpegSegment {
  /** Second byte of the marker, e.g. 0xe1 for APP1. */
  readonly marker: number;
  /** What follows the length. */
  readonly body: Uint8Array;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * Every segment before the compressed picture; none when there is no JPEG at `start`.
 *
 * @param start where the JPEG begins in the file
 */
export function jpegSegments(read: ReadAt, start = 0): JpegSegment[] {
  const segments: JpegSegment[] = [];
  const first = read(start, 2);
  if (first[0] !== 0xff || first[1] !== 0xd8) return segments;
  for (let at = start + 2; ; ) {
    const [mark, marker = 0, high = 0, low = 0] = read(at, 4);
    if (mark !== 0xff || marker === startOfScan || marker === endOfImage) return segments;
    // A marker may be preceded by any number of fill bytes.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (high << 8) | low;
    const body = read(at + 4, length - 2 > 0 ? length - 2 : 0);
    if (length < 2 || body.length < length - 2) return segments;
    segments.push({ marker, body });
    at += 2 + length;
  }
}
