/** Metadata of JPEG files: APP1, APP2, APP13 and comment segments (Exif 3.0; XMP part 3; ICC.1 annex B.4). */
import { type Content, concatBytes, latin1, type ReadAt, stretch } from './bytes.ts';
import { jpegSegments } from './jpeg-segments.ts';
import type { PictureMetadata } from './picture.ts';

/** Most bytes that one segment holds after its length field. */
const segmentLimit = 65_533;
const exifMark = Buffer.from('Exif\0\0', 'latin1');
const xmpMark = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const moreXmpMark = Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1');
const iccMark = Buffer.from('ICC_PROFILE\0', 'latin1');
const photoshopMark = Buffer.from('Photoshop 3.0\0', 'latin1');
const app1 = 0xe1;
const app2 = 0xe2;
const app13 = 0xed;
const comment = 0xfe;

/** What other decoders leave in the file: Photoshop's resources with IPTC, comments, XMP of more than 64 kB. */
export function readJpegMetadata(read: ReadAt): Pick<PictureMetadata, 'photoshop' | 'own'> {
  const segments = jpegSegments(read);
  const begins = (body: Uint8Array, mark: Uint8Array) =>
    latin1(body.subarray(0, mark.length)) === latin1(mark);
  const photoshop = segments
    .filter(({ marker, body }) => marker === app13 && begins(body, photoshopMark))
    .map(({ body }) => body.subarray(photoshopMark.length));
  const own = segments
    .filter(({ marker, body }) => marker === comment || (marker === app1 && begins(body, moreXmpMark)))
    .flatMap(({ marker, body }) => segment(marker, body));
  return {
    ...(photoshop.length > 0 ? { photoshop: concatBytes(photoshop) } : {}),
    ...(own.length > 0 ? { own: concatBytes(own) } : {}),
  };
}

/** The EXIF segment of a JPEG inside a file, from its TIFF header on. */
export function exifOfJpeg(read: ReadAt, start: number): Uint8Array | undefined {
  const found = jpegSegments(read, start).find(
    ({ marker, body }) => marker === app1 && latin1(body.subarray(0, 6)) === latin1(exifMark),
  );
  return found?.body.subarray(exifMark.length);
}

/**
 * The JPEG with the metadata placed after its JFIF header.
 *
 * EXIF or XMP of more than 64 kB cannot stand in a JPEG segment and is left out.
 *
 * @param jpeg an encoded JPEG without metadata of its own
 */
export function* withJpegMetadata(
  jpeg: Content,
  { exif, xmp, icc, photoshop, own }: PictureMetadata,
): Generator<Uint8Array> {
  const [, , mark, kind, high = 0, low = 0] = jpeg.read(0, 6);
  const at = mark === 0xff && kind === 0xe0 ? 4 + high * 256 + low : 2;
  yield jpeg.read(0, at);
  if (exif) yield* segment(app1, exifMark, exif);
  if (xmp) yield* segment(app1, xmpMark, xmp);
  if (own) yield own;
  if (photoshop) yield* photoshopSegments(photoshop);
  if (icc) yield* iccSegments(icc);
  yield* stretch(jpeg, at);
}

function segment(marker: number, ...parts: Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > segmentLimit) return [];
  const head = new Uint8Array([0xff, marker, (length + 2) >> 8, (length + 2) & 0xff]);
  return [head, ...parts];
}

/** Long blocks go on in further segments, cut anywhere. */
function photoshopSegments(block: Uint8Array): Uint8Array[] {
  return pieces(block, segmentLimit - photoshopMark.length).flatMap((piece) =>
    segment(app13, photoshopMark, piece),
  );
}

/** A profile is cut into numbered parts, each in its own segment. */
function iccSegments(icc: Uint8Array): Uint8Array[] {
  const parts = pieces(icc, segmentLimit - iccMark.length - 2);
  return parts.flatMap((part, i) => segment(app2, iccMark, new Uint8Array([i + 1, parts.length]), part));
}

function pieces(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
}
