/**
 * Tag directories of TIFF and EXIF (TIFF 6.0 section 2; Exif 3.0 section 4.6): read from either byte order,
 * written little-endian.
 */
import { concatBytes, type ReadAt } from './bytes.ts';

/** One tag; `value` is little-endian whatever the order it was read from. */
export interface Tag {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
  /** The directory that the tag points at. */
  readonly directory?: readonly Tag[];
}

/** Exif, GPS and interoperability directories. */
const directoryTags: readonly number[] = [0x8769, 0x8825, 0xa005];

/** Bytes of one value, and the unit that byte order turns round, by TIFF type. */
const typeSizes: ReadonlyMap<number, readonly [size: number, unit: number]> = new Map([
  [1, [1, 1]],
  [2, [1, 1]],
  [3, [2, 2]],
  [4, [4, 4]],
  [5, [8, 4]],
  [6, [1, 1]],
  [7, [1, 1]],
  [8, [2, 2]],
  [9, [4, 4]],
  [10, [8, 4]],
  [11, [4, 4]],
  [12, [8, 8]],
  [13, [4, 4]],
]);

/** Numbers behind the byte order: TIFF's own, and those of RAW files built like it (ORF, RW2). */
const versions: readonly number[] = [42, 0x4f52, 0x5352, 0x55];

export interface RootDirectory {
  readonly tags: readonly Tag[];
  /** Whether the file is little-endian; the tags' values always are. */
  readonly little: boolean;
}

/** The first directory of a TIFF structure; without tags when it is none. */
export function rootDirectory(read: ReadAt): RootDirectory {
  const head = viewOf(read(0, 8), 8);
  const little = head?.getUint8(0) === 0x49;
  if (!head || !versions.includes(head.getUint16(2, little))) return { tags: [], little };
  return { tags: readDirectory(read, head.getUint32(4, little), little), little };
}

/** The first number of a tag: SHORT or LONG. */
export function firstNumber({ type, value }: Tag): number {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return type === 3 ? view.getUint16(0, true) : value.length >= 4 ? view.getUint32(0, true) : (value[0] ?? 0);
}

/** Largest value that is followed; more is not metadata. */
const valueLimit = 16 * 1024 * 1024;

/**
 * Reads one directory and those below it; tags with values outside the file are left out.
 *
 * @param depth how many levels of directories may follow
 */
export function readDirectory(read: ReadAt, start: number, little: boolean, depth = 3): Tag[] {
  const count = viewOf(read(start, 2), 2)?.getUint16(0, little) ?? 0;
  const table = read(start + 2, count * 12);
  const tags: Tag[] = [];
  for (let at = 0; at + 12 <= table.length; at += 12) {
    const tag = readTag(read, table.subarray(at, at + 12), little, depth);
    if (tag) tags.push(tag);
  }
  return tags;
}

function readTag(read: ReadAt, entry: Uint8Array, little: boolean, depth: number): Tag | undefined {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
  const tag = view.getUint16(0, little);
  const type = view.getUint16(2, little);
  const count = view.getUint32(4, little);
  const [size, unit] = typeSizes.get(type) ?? [0, 1];
  const length = count * size;
  if (length === 0 || length > valueLimit) return undefined;
  const bytes = length <= 4 ? entry.subarray(8, 8 + length) : read(view.getUint32(8, little), length);
  if (bytes.length < length) return undefined;
  const value = little ? bytes : turned(bytes, unit);
  if (!directoryTags.includes(tag)) return { tag, type, count, value };
  if (length !== 4 || depth === 0) return undefined;
  const directory = readDirectory(read, view.getUint32(8, little), little, depth - 1);
  return directory.length > 0 ? { tag, type: 4, count: 1, value, directory } : undefined;
}

function viewOf(bytes: Uint8Array, length: number): DataView | undefined {
  return bytes.length < length ? undefined : new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** A copy with the byte order of every unit turned. */
function turned(bytes: Uint8Array, unit: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  if (unit > 1) for (let at = 0; at + unit <= copy.length; at += unit) copy.subarray(at, at + unit).reverse();
  return copy;
}

/**
 * Writes a directory, its values and the directories below it.
 *
 * @param at offset in the file where the bytes will stand; even
 * @returns the bytes, of even length
 */
export function writeDirectory(tags: readonly Tag[], at: number): Uint8Array {
  const sorted = [...tags].sort((a, b) => a.tag - b.tag);
  const table = new Uint8Array(2 + sorted.length * 12 + 4);
  const view = new DataView(table.buffer);
  const tail: Uint8Array[] = [];
  let end = at + table.length;
  view.setUint16(0, sorted.length, true);
  sorted.forEach(({ tag, type, count, value, directory }, i) => {
    const entry = 2 + i * 12;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, count, true);
    const body = directory ? writeDirectory(directory, end) : value;
    if (!directory && value.length <= 4) {
      table.set(value, entry + 8);
      return;
    }
    view.setUint32(entry + 8, end, true);
    tail.push(body, new Uint8Array(body.length % 2));
    end += body.length + (body.length % 2);
  });
  return concatBytes([table, ...tail]);
}
