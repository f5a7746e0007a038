/** The browser that the window tests run in: one that is installed, else one that is installed for them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { inject } from 'vitest';
import { findBrowser } from '../../main/shell/web/browser.ts';

/** Where the browser is, or why there is none. */
export type BrowserFound = { path: string } | { reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    browser: BrowserFound;
  }
}

// Chromium refuses its own sandbox to root, and only then may it be switched off.
const isRoot = process.getuid?.() === 0;
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
const installLimit = 5 * 60_000;
/** Chromium without the window around its pages: each page takes half the work. Debian's package and command. */
const headlessShell = 'chromium-headless-shell';

/**
 * Starts the browser without a window.
 *
 * @throws {Error} with the reason, when this machine has none and none could be installed
 */
export function launchBrowser(): Promise<Browser> {
  const found = inject('browser');
  if ('reason' in found) throw new Error(`There is no browser for this test: ${found.reason}`);
  return chromium.launch({ executablePath: found.path, args: quiet, chromiumSandbox: !isRoot });
}

/**
 * A browser that starts on this machine. Where there is none, Playwright's own is downloaded, and on Debian
 * as root its package is installed.
 *
 * @param say told what is done
 */
export function provideBrowser(say: (line: string) => void): BrowserFound {
  const present = workingBrowser();
  if (present) return { path: present };
  const reasons: string[] = [];
  for (const { name, install } of [
    { name: "Playwright's Chromium", install: installWithPlaywright },
    { name: `Debian's ${headlessShell}`, install: installWithApt },
  ]) {
    say(`No browser for the tests: trying ${name}…`);
    const failure = install();
    const path = workingBrowser();
    if (path) return { path };
    reasons.push(`${name}: ${failure ?? 'installed, but it does not start'}`);
  }
  return { reason: reasons.join('; ') };
}

/**
 * The headless shell, Playwright's own, or one that the web shell would take; a window needs a screen, these tests
 * need none.
 */
function workingBrowser(): string | undefined {
  const works = (path: string) => existsSync(path) && starts(path);
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const present = [...folders.map((folder) => join(folder, headlessShell)), chromium.executablePath()].find(
    works,
  );
  if (present) return present;
  return findBrowser({ platform: process.platform, env: { ...process.env, DISPLAY: ':0' }, exists: works });
}

/** True when it shows an empty page: a library may be missing, or its sandbox refused by the system. */
function starts(path: string): boolean {
  const sandbox = isRoot ? ['--no-sandbox'] : [];
  const args = [...quiet, ...sandbox, '--headless', '--disable-gpu', '--dump-dom', 'about:blank'];
  return spawnSync(path, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

/** @returns why it failed */
function installWithPlaywright(): string | undefined {
  const cli = join(createRequire(import.meta.url).resolve('playwright/package.json'), '..', 'cli.js');
  return attempt(process.execPath, [cli, 'install', 'chromium']);
}

/** @returns why it failed */
function installWithApt(): string | undefined {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return 'only as root on Debian';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    attempt('apt-get', ['update', '-q'], env) ??
    attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', headlessShell], env)
  );
}

function attempt(command: string, args: string[], env = process.env): string | undefined {
  const { status, signal, error, stderr } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    timeout: installLimit,
  });
  if (status === 0) return undefined;
  if (error) return error.message;
  const said = /^(?:E|Error): ?(.+)$/m.exec(stderr)?.[1];
  return said ?? `ended with ${signal ?? `status ${status}`}`;
}
