/** Puts metadata into an encoded JPEG: APP1 and APP2 segments (Exif 3.0; XMP part 3; ICC.1 annex B.4). */
import { concatBytes } from './bytes.ts';
import type { PictureMetadata } from './picture.ts';

/** Most bytes that one segment holds after its length field. */
const segmentLimit = 65_533;
const exifMark = Buffer.from('Exif\0\0', 'latin1');
const xmpMark = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const iccMark = Buffer.from('ICC_PROFILE\0', 'latin1');

/**
 * The JPEG with the metadata placed after its JFIF header.
 *
 * EXIF or XMP of more than 64 kB cannot stand in a JPEG segment and is left out.
 *
 * @param jpeg an encoded JPEG without metadata of its own
 */
export function withJpegMetadata(jpeg: Uint8Array, { exif, xmp, icc }: PictureMetadata): Uint8Array {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const jfif = view.getUint16(2) === 0xffe0;
  const at = jfif ? 4 + view.getUint16(4) : 2;
  return concatBytes([
    jpeg.subarray(0, at),
    ...(exif ? segment(0xe1, exifMark, exif) : []),
    ...(xmp ? segment(0xe1, xmpMark, xmp) : []),
    ...(icc ? iccSegments(icc) : []),
    jpeg.subarray(at),
  ]);
}

function segment(marker: number, mark: Uint8Array, body: Uint8Array): Uint8Array[] {
  const length = mark.length + body.length;
  if (length > segmentLimit) return [];
  const head = new Uint8Array([0xff, marker, (length + 2) >> 8, (length + 2) & 0xff]);
  return [head, mark, body];
}

/** A profile is cut into numbered parts, each in its own segment. */
function iccSegments(icc: Uint8Array): Uint8Array[] {
  const room = segmentLimit - iccMark.length - 2;
  const parts = Math.ceil(icc.length / room);
  return Array.from({ length: parts }, (_, i) => {
    const mark = concatBytes([iccMark, new Uint8Array([i + 1, parts])]);
    return segment(0xe2, mark, icc.subarray(i * room, (i + 1) * room));
  }).flat();
}
