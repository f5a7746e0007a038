/** Where things lie: the application's own files, and the person's folder for everything it keeps. */
import { join, sep } from 'node:path';
import envPaths from 'env-paths';
import { appRoot } from '../app-root.ts';

export { appRoot };

/** Bundled models, one folder each with model.onnx and card.json. */
export const bundledModels = join(appRoot, 'models', 'weights');
export const samplePath = join(appRoot, 'models', 'sample.jpg');
/** The built window. */
export const rendererFolder = join(appRoot, 'dist', 'renderer');
/** The bridge between the window and Electron. */
export const preloadScript = join(appRoot, 'dist', 'preload', 'preload.cjs');
/** What is forked as the compute process. */
export const computeEntry = join(appRoot, 'dist', 'main', 'compute.js');
/** What is forked to find out whether TensorFlow can be loaded. */
export const tensorFlowCheck = join(appRoot, 'dist', 'main', 'tensorflow-check.js');
/** What is forked to try a device. */
export const deviceProbe = join(appRoot, 'dist', 'main', 'device-probe.js');

/** The application-data folder; `RELUME_HOME` overrides the platform's own. */
export function home(): string {
  return process.env.RELUME_HOME || envPaths('Relume', { suffix: '' }).data;
}

/** Models that the person trained or imported. */
export const ownModels = (): string => join(home(), 'models');
export const presetsFile = (): string => join(home(), 'presets.json');
export const recentFile = (): string => join(home(), 'recent.json');
export const settingsFile = (): string => join(home(), 'settings.json');
/** What was found out about the devices. */
export const devicesFile = (): string => join(home(), 'devices.json');
/** TensorFlow's package for Node, installed on demand. */
export const tensorFlowFolder = (): string => join(home(), 'engines', 'tensorflow');
/** Saves that are not done yet, and reports of those that are. */
export const journalFile = (): string => join(home(), 'jobs', 'queue.json');
export const reportsFolder = (): string => join(home(), 'jobs');
export const runsFolder = (): string => join(home(), 'runs');
/** What the person has said of the pictures of collections. */
export const collectionsFolder = (): string => join(home(), 'collections');
/** What the person keeps of the pictures that models draw. */
export const keptFolder = (): string => join(home(), 'kept');
/** What is known of the pictures of collections, so that each is looked at only once. */
export const collectionCache = (): string => join(home(), 'cache', 'collections');
/** What each model makes of the sample, so that it is made only once. */
export const modelLooks = (): string => join(home(), 'cache', 'models');
/** Pixels of large pictures while they are worked on: not the system's own place for such files, which may be memory. */
export const scratchFolder = (): string => join(home(), 'cache', 'scratch');
/** Copies of files that were dropped into a browser window; gone when the web shell ends. */
export const uploadsFolder = (): string => join(home(), 'uploads');
export const isUpload = (path: string): boolean => path.startsWith(uploadsFolder() + sep);
/** What the browser inside Electron keeps. */
export const browserFolder = (): string => join(home(), 'window');
/** Results whose source has no folder of the person's own: uploads and the sample. */
export const resultsFolder = (): string => join(home(), 'results');
