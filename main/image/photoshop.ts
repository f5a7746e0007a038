/**
 * Photoshop image resources, in which JPEG carries IPTC (Adobe Photoshop File Formats, "Image Resource Blocks";
 * IPTC-IIM 4.2).
 */
import { concatBytes, latin1 } from './bytes.ts';

const iptcId = 0x0404;
/** Small copies of the picture as it was. */
const thumbnailIds: readonly number[] = [0x0409, 0x040c];

interface Resource {
  readonly id: number;
  /** The resource with its head and padding. */
  readonly whole: Uint8Array;
  readonly data: Uint8Array;
}

/** The resources of a block, up to the first that is cut. */
function resourcesOf(block: Uint8Array): Resource[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const resources: Resource[] = [];
  for (let at = 0; at + 12 <= block.length; ) {
    const name = at + 6;
    const nameLength = 1 + (block[name] as number);
    const size = name + nameLength + (nameLength % 2);
    if (size + 4 > block.length) break;
    const from = size + 4;
    const to = from + view.getUint32(size);
    if (to > block.length) break;
    const end = Math.min(to + (to % 2 === from % 2 ? 0 : 1), block.length);
    resources.push({
      id: view.getUint16(at + 4),
      whole: block.subarray(at, end),
      data: block.subarray(from, to),
    });
    at = end;
  }
  return resources;
}

/** The IPTC records in a block; undefined when there are none. */
export function iptcOf(block: Uint8Array): Uint8Array | undefined {
  return resourcesOf(block).find(({ id }) => id === iptcId)?.data;
}

/** The block without pictures of the picture, otherwise byte for byte. */
export function withoutThumbnails(block: Uint8Array): Uint8Array {
  const resources = resourcesOf(block);
  if (!resources.some(({ id }) => thumbnailIds.includes(id))) return block;
  return concatBytes(resources.filter(({ id }) => !thumbnailIds.includes(id)).map(({ whole }) => whole));
}

/** Whether a block holds more than IPTC. */
export function holdsMoreThanIptc(block: Uint8Array): boolean {
  return resourcesOf(block).some(({ id }) => id !== iptcId);
}

/** A block of one resource, the IPTC records. */
export function blockOfIptc(iptc: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.write('8BIM', 0, 'latin1');
  head.writeUInt16BE(iptcId, 4);
  head.writeUInt32BE(iptc.length, 8);
  return concatBytes([head, iptc, new Uint8Array(iptc.length % 2)]);
}

/** The block, or the block of the IPTC records, that the bytes are; undefined when they are neither. */
export function blockOf(bytes: Uint8Array): Uint8Array | undefined {
  if (latin1(bytes.subarray(0, 4)) === '8BIM') return bytes;
  return bytes[0] === 0x1c ? blockOfIptc(bytes) : undefined;
}
