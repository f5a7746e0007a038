/** Files that the system hands over: named on the command line, dropped on the icon, or by "Open with". */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';

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

const handedSchema = z.object({ files: z.array(z.string()) });

/**
 * What a further start tells the one that runs: its files, because the arguments that Electron itself hands over
 * may be in another order and among others.
 */
export function handedOver(): z.infer<typeof handedSchema> {
  return { files: filesNamed(process.argv, process.cwd()) };
}

/** The files of a further start, absolute paths. @param data from outside */
export function filesOfStart(data: unknown): string[] {
  return handedSchema.safeParse(data).data?.files ?? [];
}

/** Takes the files of this start; on macOS they come as events, also later. */
export function setupOpenedFiles(onFiles: (paths: string[]) => void): void {
  onFiles(filesNamed(process.argv, process.cwd()));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    onFiles([path]);
  });
}
