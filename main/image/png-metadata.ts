/** Metadata of PNG files: iCCP, eXIf, iTXt and the other text chunks (PNG specification, third edition). */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { type Content, concatBytes, latin1, type ReadAt, stretch } from './bytes.ts';
import { exifBlock } from './exif.ts';
import { blockOf } from './photoshop.ts';
import type { PictureMetadata } from './picture.ts';

/** Signature (8) and the whole IHDR chunk (25). */
const headerLength = 33;
const xmpKeyword = 'XML:com.adobe.xmp';
const textChunks: readonly string[] = ['tEXt', 'zTXt', 'iTXt'];
/** Texts in which older tools keep what has chunks of its own (ImageMagick's convention, read by ExifTool). */
const profileKeyword = 'Raw profile type ';
/** What a PNG without a profile says of its colours. */
const colourChunks: readonly string[] = ['gAMA', 'cHRM', 'sRGB', 'cICP'];
/** Largest chunk that is taken for text. */
const textLimit = 16 * 2 ** 20;

/** What other decoders leave in the file: colours, texts, and EXIF and IPTC that are kept as texts. */
export function readPngMetadata(
  read: ReadAt,
): Pick<PictureMetadata, 'exif' | 'photoshop' | 'own' | 'pngColour'> {
  const chunks = smallChunks(read);
  const texts = chunks.filter(({ type }) => textChunks.includes(type)).map(asText);
  const colours = chunks
    .filter(({ type }) => colourChunks.includes(type))
    .flatMap(({ type, body }) => chunk(type, [body]));
  const profile = (...kinds: string[]) => {
    const text = texts.find(({ keyword }) => kinds.some((kind) => keyword === profileKeyword + kind));
    return text && rawProfile(text);
  };
  const exif = profile('exif', 'APP1', 'app1');
  const block = exif && exifBlock(exif);
  const iptc = profile('iptc');
  const photoshop = iptc && blockOf(iptc);
  const own = texts
    .filter(({ keyword }) => keyword !== xmpKeyword && !keyword.startsWith(profileKeyword))
    .flatMap(({ type, body }) => chunk(type, [body]));
  return {
    ...(block ? { exif: block } : {}),
    ...(photoshop ? { photoshop } : {}),
    ...(own.length > 0 ? { own: concatBytes(own) } : {}),
    ...(colours.length > 0 ? { pngColour: concatBytes(colours) } : {}),
  };
}

interface Chunk {
  readonly type: string;
  readonly body: Uint8Array;
}

/** A chunk whose content begins with a keyword. */
interface Text extends Chunk {
  readonly keyword: string;
}

const asText = ({ type, body }: Chunk): Text => ({
  type,
  body,
  keyword: latin1(body.subarray(0, Math.max(0, body.indexOf(0)))),
});

/** The chunks of texts and colours, wherever they stand. */
function smallChunks(read: ReadAt): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; ; ) {
    const head = read(at, 8);
    if (head.length < 8) return chunks;
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(0);
    const type = latin1(head.subarray(4, 8));
    if ([...textChunks, ...colourChunks].includes(type) && length <= textLimit)
      chunks.push({ type, body: read(at + 8, length) });
    at += 12 + length;
  }
}

/** A profile written as text: a line with its name, one with its length, then hexadecimal digits. */
function rawProfile({ type, keyword, body }: Text): Uint8Array | undefined {
  const content = body.subarray(keyword.length + 1);
  const text =
    type === 'zTXt' ? inflated(content.subarray(1)) : type === 'tEXt' ? latin1(content) : undefined;
  const digits = text && /^\s*[^\n]+\n\s*\d+\s+([0-9a-fA-F\s]+)$/.exec(text)?.[1];
  return digits ? Buffer.from(digits.replace(/\s+/g, ''), 'hex') : undefined;
}

function inflated(bytes: Uint8Array): string | undefined {
  try {
    return latin1(inflateSync(bytes, { maxOutputLength: textLimit * 2 }));
  } catch {
    // A damaged text is no reason to refuse the picture; there is nothing to take from it.
    return undefined;
  }
}

/**
 * The PNG with the metadata placed after its header.
 *
 * @param png an encoded PNG without metadata or colour chunks of its own
 */
export function* withPngMetadata(
  png: Content,
  { exif, xmp, icc, photoshop, own, pngColour }: PictureMetadata,
): Generator<Uint8Array> {
  yield png.read(0, headerLength);
  if (icc) yield* chunk('iCCP', [ascii('ICC profile\0\0'), deflateSync(icc)]);
  else if (pngColour) yield pngColour;
  if (exif) yield* chunk('eXIf', [exif]);
  if (xmp) yield* chunk('iTXt', [ascii(`${xmpKeyword}\0\0\0\0\0`), xmp]);
  if (photoshop) yield* rawProfileChunk('iptc', photoshop);
  if (own) yield own;
  yield* stretch(png, headerLength);
}

function rawProfileChunk(kind: string, profile: Uint8Array): Uint8Array[] {
  const digits = Buffer.from(profile).toString('hex').replace(/.{72}/g, '$&\n');
  const text = `\n${kind}\n${String(profile.length).padStart(8)}\n${digits}\n`;
  return chunk('zTXt', [ascii(`${profileKeyword}${kind}\0\0`), deflateSync(ascii(text))]);
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
