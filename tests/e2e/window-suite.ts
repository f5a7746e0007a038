/** What the tests of the window share: one browser and one server a file, and windows on them. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { pictureLayers } from './fixture-pictures.ts';
import { type OpenedWindow, openWindow, type WindowOptions } from './open-window.ts';
import { serveWindow, type WindowServer } from './window-server.ts';

/** Opens windows; whoever opens one closes its context. */
export interface WindowHost {
  open(options?: WindowOptions): Promise<OpenedWindow>;
}

export interface SharedWindow {
  /** The window of the running test; what the browser complains about fails it. */
  readonly page: Page;
}

interface Suite extends SharedWindow {
  /** Opens another window, for a test that needs one set up differently. */
  open(options: WindowOptions): Promise<OpenedWindow>;
}

/** Registers the hooks for one browser and one server. */
export function windowHost(): WindowHost {
  let browser: Browser;
  let server: WindowServer;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveWindow(await pictureLayers());
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  return { open: (options) => openWindow(browser, server, options) };
}

/** Registers the hooks; each test finds a new window in `page`. */
export function windowSuite(options: WindowOptions = {}): Suite {
  const host = windowHost();
  let opened: OpenedWindow;
  beforeEach(async () => {
    opened = await host.open(options);
  });
  afterEach(async () => {
    expect(opened.complaints).toEqual([]);
    await opened.page.context().close();
  });
  return {
    get page() {
      return opened.page;
    },
    open: host.open,
  };
}

/**
 * One window for the tests of the `describe` around it, each going on from where the one before it ended: opening
 * one takes longer than most of what is tested in it.
 *
 * @param ready what is done in it before the first test
 */
export function sharedWindow(
  host: WindowHost,
  options: WindowOptions = {},
  ready: (page: Page) => Promise<void> = async () => {},
): SharedWindow {
  let opened: OpenedWindow;
  beforeAll(async () => {
    opened = await host.open(options);
    await ready(opened.page);
  });
  afterEach(() => {
    expect(opened.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => opened.page.context().close());
  return {
    get page() {
      return opened.page;
    },
  };
}
