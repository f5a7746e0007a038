import { dirname, sep } from 'node:path';

/** The deepest folder that all files are in or below; '' for none. */
export function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => dirname(path).split(sep));
  const shared = first.findIndex((part, place) => others.some((other) => other[place] !== part));
  const common = shared === -1 ? first : first.slice(0, shared);
  // The root's own name is empty.
  return common.join(sep) || (common.length > 0 ? sep : '');
}
