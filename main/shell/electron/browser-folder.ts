/** Where the browser inside Electron keeps what is its own. */
import { mkdirSync } from 'node:fs';
import { app } from 'electron';
import { browserFolder } from '../../library/paths.ts';

/** Everything Relume keeps lies in one folder, this too. Electron refuses a folder that does not exist. */
export function setupBrowserFolder(): void {
  mkdirSync(browserFolder(), { recursive: true });
  app.setPath('userData', browserFolder());
}
