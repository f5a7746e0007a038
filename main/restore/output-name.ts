/** Where a result goes. */
import { dirname, extname, join, parse } from 'node:path';
import { defaultPattern, filledPattern, type NameFacts, type OutputFormat } from '../../preload/contract.ts';
import type { WrittenFormat } from '../image/encode.ts';

const extensions: Readonly<Record<WrittenFormat, readonly string[]>> = {
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  png: ['.png'],
  tiff: ['.tif', '.tiff'],
  webp: ['.webp'],
  avif: ['.avif'],
};

/** Numbered names that are tried before giving up. */
const mostNames = 10_000;

/** What file systems allow for a name, in bytes of UTF-8. */
const longestName = 255;

/** The format that a name's extension stands for; undefined when it is none that can be written. */
export function formatOfName(path: string): WrittenFormat | undefined {
  const extension = extname(path).toLowerCase();
  return formatNames.find((format) => extensions[format].includes(extension));
}

const formatNames: readonly WrittenFormat[] = ['jpeg', 'png', 'tiff', 'webp', 'avif'];

export interface OutputRequest {
  readonly source: string;
  /** What 'keep' stands for. */
  readonly kept: WrittenFormat;
  readonly format: OutputFormat;
  /** How the result is called; '{name}-denoised' by default, or '{name}-2x'. */
  readonly pattern?: string | undefined;
  /** What the words of the pattern stand for, but for {name}. */
  readonly facts: Omit<NameFacts, 'name'>;
  /** Exactly this file. */
  readonly output?: string | undefined;
  /** Folder for the result; the source's own by default. */
  readonly folder?: string | undefined;
}

/**
 * The format to write, and the names to try in order.
 *
 * An exact `output` is the only name, and its extension decides where the format is 'keep'. Otherwise
 * photo.jpg becomes photo-denoised.jpg, then photo-denoised-2.jpg, and so on; names that would be too long
 * lose their end, but never number or extension.
 */
export function outputNames(request: OutputRequest): { format: WrittenFormat; paths: string[] } {
  const { source, output, kept, facts, folder = dirname(source) } = request;
  const pattern = request.pattern ?? defaultPattern(request.facts.scale);
  const named = output === undefined ? undefined : formatOfName(output);
  const format = request.format === 'keep' ? (named ?? kept) : request.format;
  if (output !== undefined) return { format, paths: [output] };
  const { name, ext } = parse(source);
  const extension = extensions[format].includes(ext.toLowerCase()) ? ext : extensions[format][0];
  const room = longestName - Buffer.byteLength(`-${mostNames}${extension}`);
  const base = join(folder, filledPattern(pattern, { ...facts, name }, room));
  const paths = Array.from({ length: mostNames }, (_, i) => `${base}${i ? `-${i + 1}` : ''}${extension}`);
  return { format, paths };
}
