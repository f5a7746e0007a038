/** Puts metadata into an encoded WebP: ICCP, EXIF and XMP chunks of the extended format (RFC 9649). */
import { concatBytes } from './bytes.ts';
import type { PictureMetadata } from './picture.ts';

/** Bits of the VP8X chunk's first byte. */
const flags = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 };

/**
 * The WebP in the extended format, with the metadata in it.
 *
 * @param webp an encoded still WebP without metadata of its own
 */
export function withWebpMetadata(
  webp: Uint8Array,
  { exif, xmp, icc }: PictureMetadata,
  size: { readonly width: number; readonly height: number; readonly alpha: boolean },
): Uint8Array {
  if (!exif && !xmp && !icc) return webp;
  const extended = String.fromCharCode(...webp.subarray(12, 16)) === 'VP8X';
  const head = new Uint8Array(10);
  const view = new DataView(head.buffer);
  view.setUint8(
    0,
    (icc ? flags.icc : 0) | (size.alpha ? flags.alpha : 0) | (exif ? flags.exif : 0) | (xmp ? flags.xmp : 0),
  );
  // The two sizes are 24 bits each, less one.
  view.setUint32(4, (size.width - 1) | (((size.height - 1) & 0xff) << 24), true);
  view.setUint16(8, (size.height - 1) >> 8, true);
  const body = concatBytes([
    ...chunk('VP8X', head),
    ...(icc ? chunk('ICCP', icc) : []),
    webp.subarray(extended ? 30 : 12),
    ...(exif ? chunk('EXIF', exif) : []),
    ...(xmp ? chunk('XMP ', xmp) : []),
  ]);
  return concatBytes([...lengthHead('RIFF', body.length + 4), Buffer.from('WEBP', 'latin1'), body]);
}

function lengthHead(name: string, length: number): Uint8Array[] {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, length, true);
  return [Buffer.from(name, 'latin1'), size];
}

function chunk(name: string, body: Uint8Array): Uint8Array[] {
  return [...lengthHead(name, body.length), body, ...(body.length % 2 ? [new Uint8Array(1)] : [])];
}
