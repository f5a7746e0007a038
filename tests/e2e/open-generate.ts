/** The Generate workspace of the whole application in a real browser, with small models of shapes. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import type { Recipe } from '../../preload/contract.ts';
import { writeTinyGenerator } from '../main/generate/tiny-generator.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';

export interface Workshop {
  /** A folder of the test's own. */
  readonly home: string;
  /** A new page, which is closed after the test. */
  newPage(): Promise<Page>;
  /** The address that lets such a page in. */
  address(): Promise<string>;
}

/**
 * Registers the hooks: one application for the tests of a file.
 *
 * @param models recipes of models by their ids
 */
export function workshopSuite(models: Readonly<Record<string, Partial<Recipe>>>): Workshop {
  let home: TemporaryFolder;
  let browser: Browser;
  let context: BrowserContext;
  let shell: WebShell;
  beforeAll(async () => {
    home = await temporaryFolder();
    vi.stubEnv('RELUME_HOME', home.path);
    for (const [id, changes] of Object.entries(models)) await writeTinyGenerator(id, changes);
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    shell = await startWebShell({ open: false, say: () => undefined });
  });
  afterEach(async () => {
    for (const page of context.pages()) await page.close();
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
    newPage: () => context.newPage(),
    async address() {
      // The first address lets one window in; what it leaves there lets in the next.
      const isKnown = (await context.cookies()).length > 0;
      return isKnown ? shell.origin : shell.url;
    },
  };
}

export interface OpenedView {
  readonly page: Page;
  /** Everything the browser complained about. */
  readonly complaints: readonly string[];
}

/** Opens a view of a model. */
export async function openView(workshop: Workshop, view: string, model: string): Promise<OpenedView> {
  const page = await workshop.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(await workshop.address());
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption(model);
  await page.getByRole('button', { name: view, exact: true }).click();
  return { page, complaints };
}

/** Opens the Train view, whose steps may take their time. @param patience milliseconds to wait for anything */
export async function openTrainView(workshop: Workshop, patience: number): Promise<OpenedView> {
  const page = await workshop.newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(await workshop.address());
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
