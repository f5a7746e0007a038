/** The Generate workspace of the whole application in a real browser, with small models of shapes. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import type { Recipe } from '../../preload/contract.ts';
import { writeTinyGenerator } from '../main/generate/tiny-generator.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';

export interface Workshop {
  /** A folder of the test's own. */
  readonly home: string;
  readonly browser: Browser;
  /** The address of a new window. */
  readonly url: string;
}

/**
 * Registers the hooks: one application for the tests of a file.
 *
 * @param models recipes of models by their ids
 */
export function workshopSuite(models: Readonly<Record<string, Partial<Recipe>>>): Workshop {
  let home: TemporaryFolder;
  let browser: Browser;
  let shell: WebShell;
  beforeAll(async () => {
    home = await temporaryFolder();
    vi.stubEnv('RELUME_HOME', home.path);
    for (const [id, changes] of Object.entries(models)) await writeTinyGenerator(id, changes);
    browser = await launchBrowser();
    shell = await startWebShell({ open: false, say: () => undefined });
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
    get url() {
      return shell.url;
    },
  };
}

export interface OpenedView {
  readonly page: Page;
  /** Everything the browser complained about. */
  readonly complaints: readonly string[];
}

/** Opens a view of a model; a window can be opened once for an address. */
export async function openView({ browser, url }: Workshop, view: string, model: string): Promise<OpenedView> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption(model);
  await page.getByRole('button', { name: view, exact: true }).click();
  return { page, complaints };
}

/** Opens the Train view, whose steps may take their time. @param patience milliseconds to wait for anything */
export async function openTrainView({ browser, url }: Workshop, patience: number): Promise<OpenedView> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Views of the model' })
    .getByRole('button', { name: 'Train' })
    .click();
  return { page, complaints };
}

/** The pixels of a canvas, as text that tells pictures apart. */
export function drawnIn(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''));
}

/** What a canvas of this size holds before anything is drawn. */
export function blank(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => {
    const empty = document.createElement('canvas');
    if (element instanceof HTMLCanvasElement) [empty.width, empty.height] = [element.width, element.height];
    return empty.toDataURL();
  });
}
