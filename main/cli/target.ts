/** What `--output` means. */
import { basename, extname } from 'node:path';
import { type OutputFormat, outputFormats, pictureExtensions } from '../../preload/contract.ts';
import type { SaveTarget } from '../compute/protocol.ts';
import { formatOfName } from '../restore/output-name.ts';

export type Target = { kind: 'save'; save: SaveTarget } | { kind: 'contradiction'; reason: string };

export interface TargetFacts {
  /** How many pictures there are. */
  readonly files: number;
  /** Whether the path is a folder already. */
  readonly isFolder: boolean;
  readonly format: OutputFormat;
}

/** Pictures that a person may ask for, and that no folder is called after. */
const unwritten: readonly string[] = [...pictureExtensions, '.bmp', '.jp2', '.jxl', '.psd'];

/**
 * Exactly one file when the path has a picture's extension, otherwise a folder; beside each source when
 * there is no path.
 */
export function targetFor(path: string | undefined, { files, isFolder, format }: TargetFacts): Target {
  if (path === undefined) return { kind: 'save', save: {} };
  const named = formatOfName(path);
  if (isFolder) return { kind: 'save', save: { folder: path } };
  const name = basename(path);
  const extension = extname(path).toLowerCase();
  if (named === undefined && unwritten.includes(extension)) {
    const written = outputFormats.join(', ');
    return { kind: 'contradiction', reason: `--output ${name}: Relume writes ${written}, not ${extension}` };
  }
  if (named === undefined) return { kind: 'save', save: { folder: path } };
  if (files > 1) {
    return { kind: 'contradiction', reason: `--output ${name} is one file, but there are ${files} pictures` };
  }
  if (format !== 'keep' && format !== named) {
    return { kind: 'contradiction', reason: `--output ${name} is ${named}, but --format asks for ${format}` };
  }
  return { kind: 'save', save: { output: path } };
}
