/** The colour space that an AVIF or HEIC file names in numbers instead of a profile (ITU-T H.273). */
import type { ReadAt } from './bytes.ts';
import { type Box, boxesIn } from './iso-boxes.ts';

/** 'srgb' also stands for files that say nothing, as in browsers. */
export type HeifColour = 'srgb' | 'p3' | 'hdr' | 'other';

const displayP3 = 12;
const bt2020 = 9;
/** PQ and HLG. */
const hdrCurves: readonly number[] = [16, 18];

/** What the first 'nclx' colour box says. */
export function heifColour(read: ReadAt, fileSize: number): HeifColour {
  const child = (type: string, box: Box | undefined, skip: number): Box | undefined =>
    box && boxesIn(read, box.from + skip, box.to).find((inner) => inner.type === type);
  const meta = boxesIn(read, 0, fileSize).find(({ type }) => type === 'meta');
  // Version and flags, four bytes, stand in front of the boxes inside 'meta'.
  const properties = child('ipco', child('iprp', meta, 4), 0);
  if (!properties) return 'srgb';
  for (const { type, from, to } of boxesIn(read, properties.from, properties.to)) {
    const content = Buffer.from(type === 'colr' ? read(from, Math.min(to - from, 8)) : []);
    if (content.length === 8 && content.toString('latin1', 0, 4) === 'nclx')
      return named(content.readUInt16BE(4), content.readUInt16BE(6));
  }
  return 'srgb';
}

function named(primaries: number, transfer: number): HeifColour {
  if (hdrCurves.includes(transfer)) return 'hdr';
  if (primaries === displayP3) return 'p3';
  return primaries === bt2020 ? 'other' : 'srgb';
}
