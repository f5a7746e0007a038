import type { OutputFormat } from '../../preload/contract.ts';
import { texts } from '../texts.ts';

const lossy: ReadonlySet<string> = new Set(['jpeg', 'webp', 'avif']);

/** Whether a quality matters when a picture of `source` format is written as `format`. */
export function isLossy(format: OutputFormat, source: string): boolean {
  return lossy.has(format === 'keep' ? source : format);
}

/** Whether colours may be kept for every pixel, or for each four, when written as `format`. */
export function hasChroma(format: OutputFormat, source: string): boolean {
  const written = format === 'keep' ? source : format;
  return written === 'jpeg' || written === 'avif';
}

/** A format's name as people write it. */
export function formatName(format: string): string {
  const names: Readonly<Record<string, string>> = texts.formats;
  return names[format] ?? format.toUpperCase();
}
