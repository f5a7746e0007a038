/** Where things lie: the application's own files, and the person's folder for everything it keeps. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** The folder that holds package.json: the repository, or app.asar in a packaged application. */
export const appRoot = findAppRoot(dirname(fileURLToPath(import.meta.url)));

/** Bundled models, one folder each with model.onnx and card.json. */
export const bundledModels = join(unpacked(appRoot), 'models', 'weights');
export const samplePath = join(unpacked(appRoot), 'models', 'sample.jpg');
/** The built window. */
export const rendererFolder = join(appRoot, 'dist', 'renderer');
/** The bridge between the window and Electron. */
export const preloadScript = join(appRoot, 'dist', 'preload', 'preload.cjs');
/** What is forked as the compute process. */
export const computeEntry = join(appRoot, 'dist', 'main', 'compute.js');

/** The application-data folder; `RELUME_HOME` overrides the platform's own. */
export function home(): string {
  return process.env.RELUME_HOME || envPaths('Relume', { suffix: '' }).data;
}

/** Models that the person trained or imported. */
export const ownModels = (): string => join(home(), 'models');
export const runsFolder = (): string => join(home(), 'runs');
/** Copies of files that were dropped into a browser window; gone when the web shell ends. */
export const uploadsFolder = (): string => join(home(), 'uploads');
/** Results whose source has no folder of the person's own: uploads and the sample. */
export const resultsFolder = (): string => join(home(), 'results');

/** The folder outside the archive: weights and samples are read by libraries that don't know archives. */
function unpacked(root: string): string {
  return root.replace(/app\.asar$/, 'app.asar.unpacked');
}

/** @throws {Error} when no folder above `start` holds a package.json */
function findAppRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${start}.`);
    folder = parent;
  }
  return folder;
}
