/**
 * How a GIF's first frame lies on its screen. What the frame leaves uncovered is transparent, and a frame that reaches
 * beyond the screen widens it: so browsers show it. GIF89a, sections 18 and 20, would have the screen's background
 * colour there, and forbids the other.
 */
import type { ReadAt } from './bytes.ts';
import type { Area } from './tiled-picture.ts';
import type { Size } from './wasm-decoder.ts';

const imageMark = 0x2c;
const extensionMark = 0x21;

/**
 * @param size of the picture that is decoded
 * @returns the part that the first frame covers; undefined when that is all of it, or no frame is found
 */
export function coveredPart(read: ReadAt, { width, height }: Size): Area | undefined {
  const frame = firstFrame(read);
  if (!frame) return undefined;
  const area = {
    ...frame,
    width: Math.min(frame.width, width - frame.left),
    height: Math.min(frame.height, height - frame.top),
  };
  if (area.width < 1 || area.height < 1) return undefined;
  return area.width === width && area.height === height ? undefined : area;
}

function firstFrame(read: ReadAt): Area | undefined {
  const byte = (at: number) => read(at, 1)[0] ?? 0;
  const flags = byte(10);
  let at = 13 + (flags & 0x80 ? 3 * (2 << (flags & 7)) : 0);
  while (byte(at) === extensionMark) {
    // Two bytes of mark and kind, then blocks that begin with their length, up to an empty one.
    at += 2;
    while (byte(at) > 0) at += byte(at) + 1;
    at++;
  }
  if (byte(at) !== imageMark) return undefined;
  const bytes = read(at + 1, 8);
  if (bytes.length < 8) return undefined;
  const number = (index: number) => (bytes[2 * index] as number) | ((bytes[2 * index + 1] as number) << 8);
  return { left: number(0), top: number(1), width: number(2), height: number(3) };
}
