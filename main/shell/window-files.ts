/** The built window's files, by the path of a request. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface WindowFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/**
 * A file of the window; '/' is index.html.
 *
 * @param folder the built window
 * @param pathname still percent-encoded, as it stands in the address
 * @returns undefined when there is no such file, and for every path that leads out of the folder
 */
export async function windowFile(folder: string, pathname: string): Promise<WindowFile | undefined> {
  const path = pathInside(folder, pathname === '/' ? '/index.html' : pathname);
  const type = path && types[extname(path)];
  if (!path || !type) return undefined;
  try {
    return { bytes: new Uint8Array(await readFile(path)), type };
  } catch {
    return undefined;
  }
}

/** The path below `folder`, or undefined when it would leave it. */
function pathInside(folder: string, pathname: string): string | undefined {
  const decoded = decode(pathname);
  if (decoded === undefined || /[\0\\]/.test(decoded)) return undefined;
  const path = normalize(join(folder, decoded));
  return path.startsWith(folder + sep) ? path : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
