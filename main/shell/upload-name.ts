/** File names that came from a browser. */
import { extname } from 'node:path';
import { RelumeError } from '../library/failure.ts';

/** Longest name that every file system takes, with room for what a result's name adds. */
const longest = 150;
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const awkward = /[\u0000-\u001f\u007f<>:"|?*]/g;

/**
 * The name as it is stored, the same wherever that is possible.
 *
 * @throws {RelumeError} 'bad-request' when it is a path and not a name
 */
export function safeName(name: string): string {
  if (/[/\\]/.test(name) || /^\.{0,2}$/.test(name)) {
    throw new RelumeError({ code: 'bad-request', message: `"${name}" is not a file name.` });
  }
  const clean = name.replace(awkward, '_').replace(/[. ]+$/, '_');
  const extension = extname(clean).slice(0, 20);
  const stem = clean.slice(0, clean.length - extname(clean).length);
  return (windowsDevice.test(clean) ? '_' : '') + truncate(stem, longest - extension.length) + extension;
}

/**
 * The name in a header, where it stands percent-encoded.
 *
 * @throws {RelumeError} 'bad-request' when it cannot be decoded
 */
export function nameFromHeader(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    throw new RelumeError({ code: 'bad-request', message: 'The file name cannot be decoded.' });
  }
}

/** Cuts to a number of UTF-8 bytes, between characters. */
function truncate(text: string, bytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > bytes) cut = [...cut].slice(0, -1).join('');
  return cut;
}
