/** When a photograph was taken, and with which camera, as its EXIF says (Exif 3.0, CIPA DC-008). */
import { readDirectory, type Tag } from './tag-directory.ts';

export interface Capture {
  /** Seconds from any fixed origin, by the camera's own clock. */
  readonly seconds: number;
  readonly camera: string;
}

const makeTag = 0x010f;
const modelTag = 0x0110;
const exifTag = 0x8769;
const originalTimeTag = 0x9003;
const subSecondsTag = 0x9291;

/**
 * @param exif the block from its TIFF header on
 * @returns undefined when it holds no time
 */
export function captureOf(exif: Uint8Array): Capture | undefined {
  if (exif.length < 8) return undefined;
  const little = exif[0] === 0x49;
  const start = new DataView(exif.buffer, exif.byteOffset, 8).getUint32(4, little);
  const tags = readDirectory((at, length) => exif.subarray(at, at + length), start, little, 1);
  const details = tags.find(({ tag }) => tag === exifTag)?.directory ?? [];
  const [, year, month, day, hour, minute, second] = (
    /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text(details, originalTimeTag)) ?? []
  ).map(Number);
  if (year === undefined || month === undefined) return undefined;
  const whole = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const fraction = Number(`0.${/^\d+/.exec(text(details, subSecondsTag))?.[0] ?? '0'}`);
  return { seconds: whole + fraction, camera: `${text(tags, makeTag)} ${text(tags, modelTag)}`.trim() };
}

function text(tags: readonly Tag[], wanted: number): string {
  const value = tags.find(({ tag }) => tag === wanted)?.value ?? new Uint8Array();
  return new TextDecoder('latin1').decode(value).replace(/\0.*$/s, '').trim();
}
