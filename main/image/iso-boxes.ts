/** Boxes of ISO base media files: HEIF, AVIF and CR3 (ISO/IEC 14496-12, section 4.2). */
import { latin1, type ReadAt } from './bytes.ts';

export interface Box {
  readonly type: string;
  /** Where its content begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** The boxes that follow each other in a stretch of the file. */
export function boxesIn(read: ReadAt, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const head = read(at, 16);
    if (head.length < 8) return boxes;
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const short = view.getUint32(0);
    const long = short === 1 && head.length === 16;
    const length = long ? Number(view.getBigUint64(8)) : short === 0 ? to - at : short;
    if (length < 8) return boxes;
    const end = Math.min(at + length, to);
    boxes.push({ type: latin1(head.subarray(4, 8)), from: at + (long ? 16 : 8), to: end });
    at = end;
  }
  return boxes;
}
