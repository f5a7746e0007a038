/** Puts metadata into an encoded PNG: iCCP, eXIf and iTXt chunks (PNG specification, third edition). */
import { crc32, deflateSync } from 'node:zlib';
import { concatBytes } from './bytes.ts';
import type { PictureMetadata } from './picture.ts';

/** Signature (8) and the whole IHDR chunk (25). */
const headerLength = 33;

/**
 * The PNG with the metadata placed after its header.
 *
 * @param png an encoded PNG without metadata or colour chunks of its own
 */
export function withPngMetadata(png: Uint8Array, { exif, xmp, icc }: PictureMetadata): Uint8Array {
  return concatBytes([
    png.subarray(0, headerLength),
    ...(icc ? chunk('iCCP', [ascii('ICC profile\0\0'), deflateSync(icc)]) : []),
    ...(exif ? chunk('eXIf', [exif]) : []),
    ...(xmp ? chunk('iTXt', [ascii('XML:com.adobe.xmp\0\0\0\0\0'), xmp]) : []),
    png.subarray(headerLength),
  ]);
}

function chunk(type: string, body: readonly Uint8Array[]): Uint8Array[] {
  const content = concatBytes([ascii(type), ...body]);
  return [uint32(content.length - 4), content, uint32(crc32(content))];
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
