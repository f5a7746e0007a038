/** The format in which a copy of a picture is saved where none is chosen. */
import { outputFormats } from '../../preload/contract.ts';
import type { Picture } from './picture.ts';

type Written = (typeof outputFormats)[number];

type Facts = Pick<Picture, 'format' | 'depth' | 'channels'>;

/**
 * The picture's own format; for those that are read but not written, the nearest that loses nothing that
 * matters: TIFF for RAW and for HEIC with more than 8 bits or alpha, JPEG for other HEIC, PNG for GIF.
 */
export function keptFormat({ format, depth, channels }: Facts): Written {
  const own = outputFormats.find((written) => written === format);
  if (own !== undefined) return own;
  if (format === 'raw') return 'tiff';
  if (format === 'heic') return depth === 16 || channels % 2 === 0 ? 'tiff' : 'jpeg';
  return 'png';
}

/** One sentence where the format is not kept; empty where it is. */
export function keptFormatNote(picture: Facts): string {
  const kept = keptFormat(picture);
  if (kept === picture.format) return '';
  return `Copies are saved as ${kept.toUpperCase()} unless another format is chosen.`;
}
