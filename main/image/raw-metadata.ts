/** EXIF and XMP of camera RAW files, wherever their makers put it. */
import { latin1, type ReadAt, reader } from './bytes.ts';
import { boxesIn } from './iso-boxes.ts';
import { exifOfJpeg } from './jpeg-metadata.ts';
import type { PictureMetadata } from './picture.ts';
import { rootDirectory, type Tag } from './tag-directory.ts';
import { exifOfTags } from './tiff-metadata.ts';

const exifTag = 0x8769;
const gpsTag = 0x8825;
const xmpTag = 0x02bc;
/** Makers' notes point into their own file, and hold more about the sensor data than about the photograph. */
const makerNoteTag = 0x927c;

/** The metadata of a RAW file, without maker notes and without the settings of the sensor data. */
export function readRawMetadata(read: ReadAt, fileSize: number): Pick<PictureMetadata, 'exif' | 'xmp'> {
  const head = latin1(read(0, 16));
  if (head.startsWith('FUJIFILMCCD-RAW')) return fujiMetadata(read);
  if (head.startsWith('ftyp', 4)) return canonMetadata(read, fileSize);
  return tagMetadata(rootDirectory(read).tags);
}

function tagMetadata(tags: readonly Tag[]): Pick<PictureMetadata, 'exif' | 'xmp'> {
  const exif = exifOfTags(tags.map(withoutMakerNote));
  const xmp = tags.find(({ tag }) => tag === xmpTag)?.value;
  return { ...(exif ? { exif } : {}), ...(xmp ? { xmp } : {}) };
}

function withoutMakerNote(tag: Tag): Tag {
  if (!tag.directory) return tag;
  return { ...tag, directory: tag.directory.filter((inner) => inner.tag !== makerNoteTag) };
}

/** RAF: a JPEG of the camera's stands in the file, at an offset that its header names. */
function fujiMetadata(read: ReadAt): Pick<PictureMetadata, 'exif'> {
  const pointer = read(84, 4);
  if (pointer.length < 4) return {};
  const exif = exifOfJpeg(read, new DataView(pointer.buffer, pointer.byteOffset, 4).getUint32(0));
  return exif ? tagMetadata(rootDirectory(reader(exif)).tags) : {};
}

/** CR3: a box of Canon's holds three TIFF structures, CMT1 (root), CMT2 (Exif) and CMT4 (GPS). */
function canonMetadata(read: ReadAt, fileSize: number): Pick<PictureMetadata, 'exif'> {
  const movie = boxesIn(read, 0, fileSize).find(({ type }) => type === 'moov');
  const canon = movie && boxesIn(read, movie.from, movie.to).find(({ type }) => type === 'uuid');
  if (!canon) return {};
  // The identifier of a uuid box takes 16 bytes.
  const boxes = boxesIn(read, canon.from + 16, canon.to);
  const tagsOf = (name: string): readonly Tag[] => {
    const box = boxes.find(({ type }) => type === name);
    return box ? rootDirectory(reader(read(box.from, box.to - box.from))).tags : [];
  };
  const below = (tag: number, directory: readonly Tag[]): Tag[] =>
    directory.length > 0 ? [{ tag, type: 4, count: 1, value: new Uint8Array(4), directory }] : [];
  const root = tagsOf('CMT1').filter(({ tag }) => tag !== exifTag && tag !== gpsTag);
  return tagMetadata([...root, ...below(exifTag, tagsOf('CMT2')), ...below(gpsTag, tagsOf('CMT4'))]);
}
