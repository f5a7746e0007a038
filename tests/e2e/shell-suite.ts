/** The whole application in a real browser: one web shell for the tests of a file, with a folder of its own. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';

export interface ShellSuite {
  /** Relume's folder, and one for the test's own files. */
  readonly home: string;
  readonly browser: Browser;
  readonly shell: WebShell;
  /** Where the address with the token led to. */
  readonly entrance: string;
  /** Opens Relume in a new page. */
  open(): Promise<Page>;
  /** Closes all that were opened. */
  closePages(): Promise<void>;
  /** What the browser has complained of since the last call: errors, refused styles and scripts, missing files. */
  complaints(): string[];
}

interface ShellOptions {
  readonly width?: number;
  readonly height?: number;
  /** Fills the folder before Relume starts. */
  readonly prepare?: (home: string) => Promise<unknown>;
}

/** Registers the hooks. */
export function shellSuite({ width = 1280, height = 800, prepare }: ShellOptions = {}): ShellSuite {
  let home: TemporaryFolder;
  let browser: Browser;
  let context: BrowserContext;
  let shell: WebShell;
  let entrance: string;
  const heard: string[] = [];
  beforeAll(async () => {
    home = await temporaryFolder();
    vi.stubEnv('RELUME_HOME', home.path);
    await prepare?.(home.path);
    browser = await launchBrowser();
    shell = await startWebShell({ open: false, say: () => undefined });
    context = await browser.newContext({ viewport: { width, height } });
    // The address lets one browser in, once; its cookie opens every further page.
    const first = await context.newPage();
    await first.goto(shell.url);
    entrance = first.url();
    await first.close();
    context.on('weberror', (event) => heard.push(String(event.error())));
    context.on('console', (message) => {
      // A refused request is an answer that the page shows, though the browser logs it.
      if (['error', 'warning'].includes(message.type()) && !/status of 422/.test(message.text()))
        heard.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await shell.stop();
    vi.unstubAllEnvs();
    await home.remove();
  });
  return {
    get home() {
      return home.path;
    },
    get browser() {
      return browser;
    },
    get shell() {
      return shell;
    },
    get entrance() {
      return entrance;
    },
    open: async () => {
      const page = await context.newPage();
      await page.goto(shell.origin);
      return page;
    },
    async closePages() {
      for (const page of context.pages()) await page.close();
    },
    complaints: () => heard.splice(0),
  };
}
