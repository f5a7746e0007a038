/** The name of a file, from a path of any platform. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** The folder that a file lies in. */
export function folderOf(path: string): string {
  return path.slice(0, -nameOf(path).length - 1);
}
