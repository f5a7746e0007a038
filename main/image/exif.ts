/**
 * EXIF blocks: a TIFF structure of tag directories (Exif 3.0, CIPA DC-008).
 *
 * Changes are made in place, so that everything else, maker notes with their private offsets included, stays
 * as the camera wrote it.
 */

/** Tags that are followed or changed. */
const orientationTag = 0x0112;
const exifDirectoryTag = 0x8769;
const widthTag = 0xa002;
const heightTag = 0xa003;

/** The block from its TIFF header on; undefined when there is none within the first bytes. */
export function exifBlock(bytes: Uint8Array): Uint8Array | undefined {
  for (const offset of [0, 6, 4, 10]) {
    const mark = String.fromCharCode(...bytes.subarray(offset, offset + 4));
    if (mark === 'II*\0' || mark === 'MM\0*') return new Uint8Array(bytes.subarray(offset));
  }
  return undefined;
}

/**
 * A copy of the block for pixels that are upright: orientation 1, and the pixel sizes given.
 *
 * A block whose directories cannot be followed is returned unchanged.
 */
export function uprightExif(exif: Uint8Array, width: number, height: number): Uint8Array {
  const copy = new Uint8Array(exif);
  const view = new DataView(copy.buffer);
  const little = copy[0] === 0x49;
  if (copy.length < 8) return copy;
  const exifDirectory = patchDirectory(
    view,
    little,
    view.getUint32(4, little),
    new Map([[orientationTag, 1]]),
  );
  if (exifDirectory !== undefined) {
    const sizes = new Map([
      [widthTag, width],
      [heightTag, height],
    ]);
    patchDirectory(view, little, exifDirectory, sizes);
  }
  return copy;
}

/** Sets the given SHORT or LONG tags where present; returns where the Exif directory starts, if it is named. */
function patchDirectory(
  view: DataView,
  little: boolean,
  start: number,
  values: ReadonlyMap<number, number>,
): number | undefined {
  if (start + 2 > view.byteLength) return undefined;
  const count = view.getUint16(start, little);
  let exifDirectory: number | undefined;
  for (let i = 0, at = start + 2; i < count && at + 12 <= view.byteLength; i++, at += 12) {
    const tag = view.getUint16(at, little);
    const type = view.getUint16(at + 2, little);
    const value = values.get(tag);
    if (tag === exifDirectoryTag) exifDirectory = view.getUint32(at + 8, little);
    if (value === undefined) continue;
    if (type === 3) view.setUint16(at + 8, value, little);
    else if (type === 4) view.setUint32(at + 8, value, little);
  }
  return exifDirectory;
}

const thumbnailOffsetTag = 0x0201;
const thumbnailLengthTag = 0x0202;

/**
 * The block without the small copy of the picture as it was, otherwise byte for byte and at the same offsets.
 *
 * The thumbnail's directory is unlinked and its bytes are cut off where they end the block, else cleared.
 */
export function withoutThumbnail(exif: Uint8Array): Uint8Array {
  const copy = new Uint8Array(exif);
  const view = new DataView(copy.buffer);
  const little = copy[0] === 0x49;
  const link = copy.length < 8 ? undefined : linkBehind(view, little, view.getUint32(4, little));
  const second = link === undefined ? 0 : view.getUint32(link, little);
  if (link === undefined || second === 0) return copy;
  view.setUint32(link, 0, little);
  const end = linkBehind(view, little, second);
  if (end === undefined) return copy;
  const offset = numberIn(view, little, second, thumbnailOffsetTag);
  const length = numberIn(view, little, second, thumbnailLengthTag);
  copy.fill(0, second, end + 4);
  if (offset < 8 || length === 0) return copy;
  copy.fill(0, offset, offset + length);
  return offset + length >= copy.length ? copy.subarray(0, offset) : copy;
}

/** Where a directory names the next one; undefined when it does not lie inside the block. */
function linkBehind(view: DataView, little: boolean, start: number): number | undefined {
  if (start < 8 || start + 2 > view.byteLength) return undefined;
  const link = start + 2 + view.getUint16(start, little) * 12;
  return link + 4 <= view.byteLength ? link : undefined;
}

/** A LONG tag of a directory inside the block; 0 when it has none. */
function numberIn(view: DataView, little: boolean, start: number, wanted: number): number {
  const count = view.getUint16(start, little);
  for (let i = 0, at = start + 2; i < count; i++, at += 12)
    if (view.getUint16(at, little) === wanted && view.getUint16(at + 2, little) === 4)
      return view.getUint32(at + 8, little);
  return 0;
}

/** A copy of an XMP packet for pixels that are upright: tiff:Orientation, where present, becomes 1. */
export function uprightXmp(xmp: Uint8Array): Uint8Array {
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength).toString('latin1');
  const upright = text.replace(
    /(tiff:Orientation(?:\s*=\s*["']|>\s*))[2-8]/g,
    (_, before: string) => `${before}1`,
  );
  return new Uint8Array(Buffer.from(upright, 'latin1'));
}
