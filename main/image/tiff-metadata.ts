/** Metadata of TIFF files, whose EXIF stands among the picture's own tags (TIFF 6.0; Exif 3.0 section 4.6). */
import { type Content, concatBytes, type ReadAt, reader, stretch } from './bytes.ts';
import { blockOfIptc, holdsMoreThanIptc, iptcOf } from './photoshop.ts';
import type { PictureMetadata } from './picture.ts';
import { readDirectory, rootDirectory, type Tag, writeDirectory } from './tag-directory.ts';

/** Tags about how pixels are laid out: orientation and the three of resolution. */
const layout: readonly number[] = [0x0112, 0x011a, 0x011b, 0x0128];

/**
 * Tags about the photograph: document, description, camera, page, software, date, artist, host, rating,
 * copyright, Exif, GPS, XP*.
 */
const descriptive: readonly number[] = [
  0x010d, 0x010e, 0x010f, 0x0110, 0x011d, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746, 0x4749, 0x8298, 0x8769,
  0x8825, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f,
];
const xmpTag = 0x02bc;
const iptcTag = 0x83bb;
const photoshopTag = 0x8649;
const iccTag = 0x8773;

/** 'II', 42, and the first directory right behind. */
const header = new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0]);

/** What other decoders leave in the file: the tags that describe the photograph, and Photoshop's and IPTC's. */
export function readTiffMetadata(read: ReadAt): Pick<PictureMetadata, 'exif' | 'photoshop'> {
  const { tags } = rootDirectory(read);
  const exif = exifOfTags(tags);
  const content = (wanted: number) => tags.find(({ tag }) => tag === wanted)?.value;
  const iptc = content(iptcTag);
  const block = content(photoshopTag) ?? new Uint8Array();
  const photoshop = iptc && !iptcOf(block) ? concatBytes([block, blockOfIptc(iptc)]) : block;
  return { ...(exif ? { exif } : {}), ...(photoshop.length > 0 ? { photoshop } : {}) };
}

/** The tags that describe the photograph, as an EXIF block; undefined when there are none. */
export function exifOfTags(tags: readonly Tag[]): Uint8Array | undefined {
  if (!tags.some(({ tag }) => descriptive.includes(tag))) return undefined;
  return concatBytes([header, writeDirectory(tags.filter(isExif), header.length)]);
}

const isExif = ({ tag }: Tag): boolean => descriptive.includes(tag) || layout.includes(tag);

/**
 * The TIFF with the metadata added: its first directory is written again, behind the picture.
 *
 * @param tiff an encoded little-endian TIFF of one picture, without metadata of its own
 */
export function* withTiffMetadata(
  tiff: Content,
  { exif, xmp, icc, photoshop }: PictureMetadata,
): Generator<Uint8Array> {
  const head = tiff.read(0, header.length).slice();
  const view = new DataView(head.buffer);
  const own = readDirectory(tiff.read, view.getUint32(4, true), true);
  const iptc = photoshop && iptcOf(photoshop);
  const added = [
    ...(exif ? rootDirectory(reader(exif)).tags.filter(isExif) : []),
    ...(xmp ? [bytesTag(xmpTag, 1, xmp)] : []),
    ...(iptc ? [bytesTag(iptcTag, 7, iptc)] : []),
    ...(photoshop && holdsMoreThanIptc(photoshop) ? [bytesTag(photoshopTag, 1, photoshop)] : []),
    ...(icc ? [bytesTag(iccTag, 7, icc)] : []),
  ];
  const kept = own.filter(({ tag }) => !added.some((other) => other.tag === tag));
  const end = tiff.length + (tiff.length % 2);
  view.setUint32(4, end, true);
  yield head;
  yield* stretch(tiff, header.length);
  yield new Uint8Array(tiff.length % 2);
  yield writeDirectory([...kept, ...added], end);
}

const bytesTag = (tag: number, type: number, value: Uint8Array): Tag => ({
  tag,
  type,
  count: value.length,
  value,
});
