/** Files that the system hands over: named on the command line, dropped on the icon, or by "Open with". */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';

/**
 * The existing files and folders among the arguments of a start.
 *
 * @param argv with the executable first, and the application's folder where it is not packaged
 * @param folder that the paths are relative to
 * @returns absolute paths
 */
export function filesNamed(argv: readonly string[], folder: string): string[] {
  return argv
    .slice(app.isPackaged ? 1 : 2)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(folder, word))
    .filter((path) => existsSync(path));
}

/** Takes the files of this start; on macOS they come as events, also later. */
export function setupOpenedFiles(onFiles: (paths: string[]) => void): void {
  onFiles(filesNamed(process.argv, process.cwd()));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    onFiles([path]);
  });
}
