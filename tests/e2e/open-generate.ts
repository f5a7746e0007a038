/** The Generate workspace of the whole application in a real browser, with small models of shapes. */
import type { Locator, Page } from 'playwright';
import { afterEach } from 'vitest';
import type { Recipe } from '../../preload/contract.ts';
import { writeTinyGenerator } from '../main/generate/tiny-generator.ts';
import { type ShellSuite, shellSuite } from './shell-suite.ts';

export type Workshop = Pick<ShellSuite, 'home' | 'open'>;

/**
 * Registers the hooks: one application for the tests of a file; each test's pages are closed after it.
 *
 * @param models recipes of models by their ids
 */
export function workshopSuite(models: Readonly<Record<string, Partial<Recipe>>>): Workshop {
  const suite = shellSuite({
    async prepare() {
      for (const [id, changes] of Object.entries(models)) await writeTinyGenerator(id, changes);
    },
  });
  afterEach(suite.closePages);
  return suite;
}

export interface OpenedView {
  readonly page: Page;
  /** Everything the browser complained about. */
  readonly complaints: readonly string[];
}

/** Opens a view of a model. */
export async function openView(workshop: Workshop, view: string, model: string): Promise<OpenedView> {
  const page = await workshop.open();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption(model);
  await page.getByRole('button', { name: view, exact: true }).click();
  return { page, complaints };
}

/** Opens the Train view, whose steps may take their time. @param patience milliseconds to wait for anything */
export async function openTrainView(workshop: Workshop, patience: number): Promise<OpenedView> {
  const page = await workshop.open();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
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
