/** An installed Chromium, Chrome or Edge, and opening it as an application's window. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const linuxNames = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPaths = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/** The browser's own traffic, which an offline application must not cause. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
];

/** What the search depends on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const thisMachine: Machine = { platform: process.platform, env: process.env, exists: existsSync };

/** The browser to open a window with; undefined when there is none, or no screen to show it on. */
export function findBrowser({ platform, env, exists }: Machine = thisMachine): string | undefined {
  if (platform === 'darwin') {
    return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`).find(exists);
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (root) => root !== undefined,
    );
    return windowsPaths.flatMap((path) => roots.map((root) => win32.join(root, path))).find(exists);
  }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const folders = (env.PATH ?? '').split(posix.delimiter).filter(Boolean);
  return linuxNames.flatMap((name) => folders.map((folder) => posix.join(folder, name))).find(exists);
}

/**
 * Opens a window without tabs and address bar.
 *
 * @param profile folder for the browser's own data, so that the person's profile is left alone
 */
export function openWindow(browser: string, url: string, profile: string): ChildProcess {
  const options = ['--no-first-run', '--no-default-browser-check', '--window-size=1280,832', ...quiet];
  return spawn(browser, [`--app=${url}`, `--user-data-dir=${profile}`, ...options], { stdio: 'ignore' });
}
