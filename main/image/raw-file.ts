/** Which files are camera RAW: by their content, and by name where the content does not say. */
import { extname } from 'node:path';
import { rawExtensions } from '../../preload/contract.ts';
import { latin1, type ReadAt, withReader } from './bytes.ts';
import { firstNumber, readDirectory, rootDirectory, type Tag } from './tag-directory.ts';

/** What RAW files other than plain TIFF structures begin with, and where. */
const marks: readonly (readonly [offset: number, mark: string])[] = [
  [0, 'FUJIFILMCCD-RAW'],
  [0, 'IIRO'],
  [0, 'IIRS'],
  [0, 'MMOR'],
  [0, 'IIU\0'],
  [0, 'FOVb'],
  [0, '\0MRM'],
  [4, 'ftypcrx '],
  [6, 'HEAPCCDR'],
  [8, 'CR\x02\0'],
];

/** Beginnings of JPEG and PNG: such a file is what it is, whatever it is called. */
const plain: readonly string[] = ['\xff\xd8\xff', '\x89PNG'];

const photometricTag = 0x0106;
const subDirectoriesTag = 0x014a;
const dngVersionTag = 0xc612;
/** Colour filter array and linear raw (DNG 1.7; TIFF/EP). */
const sensorSpaces: readonly number[] = [32_803, 34_892];

/** Directories below the root that are looked into. */
const mostDirectories = 8;

/** Whether the file holds a camera's sensor data. */
export function isRaw(path: string): boolean {
  return withReader(path, (read) => {
    const head = latin1(read(0, 32));
    if (marks.some(([offset, mark]) => head.startsWith(mark, offset))) return true;
    if (plain.some((mark) => head.startsWith(mark))) return false;
    if (rawExtensions.includes(extname(path).toLowerCase())) return true;
    return /^(II\*\0|MM\0\*)/.test(head) && holdsSensorData(read);
  });
}

/** Whether a TIFF structure is a DNG, or names a sensor's colour space at its root or one level below. */
function holdsSensorData(read: ReadAt): boolean {
  const { tags, little } = rootDirectory(read);
  if (tags.some(({ tag }) => tag === dngVersionTag)) return true;
  const offsets = tags.find(({ tag }) => tag === subDirectoriesTag)?.value ?? new Uint8Array();
  const below = Array.from({ length: Math.min(offsets.length / 4, mostDirectories) }, (_, i) =>
    readDirectory(read, Buffer.from(offsets).readUInt32LE(i * 4), little, 0),
  );
  return [tags, ...below].some((directory) => directory.some(namesSensorSpace));
}

function namesSensorSpace(tag: Tag): boolean {
  return tag.tag === photometricTag && sensorSpaces.includes(firstNumber(tag));
}
