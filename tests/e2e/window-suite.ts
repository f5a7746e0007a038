/** What the tests of the window share: one browser, one server, and a fresh window for each test. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { pictureLayers } from './fixture-pictures.ts';
import { type OpenedWindow, openWindow, type WindowOptions } from './open-window.ts';
import { serveWindow, type WindowServer } from './window-server.ts';

interface Suite {
  /** The window of the running test; what the browser complains about fails it. */
  readonly page: Page;
  /** Opens another window, for a test that needs one set up differently. */
  open(options: WindowOptions): Promise<OpenedWindow>;
}

/** Registers the hooks; each test finds a new window in `page`. */
export function windowSuite(options: WindowOptions = {}): Suite {
  let browser: Browser;
  let server: WindowServer;
  let opened: OpenedWindow;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveWindow(await pictureLayers());
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  beforeEach(async () => {
    opened = await openWindow(browser, server, options);
  });
  afterEach(async () => {
    expect(opened.complaints).toEqual([]);
    await opened.page.context().close();
  });
  return {
    get page() {
      return opened.page;
    },
    open: (others) => openWindow(browser, server, others),
  };
}
