/** Opens the built window in the browser, on a stand-in for everything behind the contract. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { type FakeCall, type FakeSetup, installFakeClient } from '../renderer/fake-client.ts';
import { pictures } from './fixture-pictures.ts';
import type { WindowServer } from './window-server.ts';

export interface OpenedWindow {
  page: Page;
  /** Everything the browser complained about: errors, refused styles and scripts, missing files. */
  complaints: string[];
}

export interface WindowOptions extends Partial<FakeSetup> {
  width?: number;
  height?: number;
  pixelRatio?: number;
}

export async function openWindow(
  browser: Browser,
  server: WindowServer,
  { width = 1280, height = 800, pixelRatio = 1, ...setup }: WindowOptions = {},
): Promise<OpenedWindow> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: pixelRatio });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const defaults: FakeSetup = { pictures, shell: 'electron', networkTime: 120, devices: ['CPU'] };
  await page.addInitScript(installFakeClient, { ...defaults, ...setup });
  await page.goto(server.address);
  return { page, complaints };
}

/** Chooses files by name, as through the file dialog. */
export async function choose(page: Page, ...names: string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(
    names.map((name) => ({
      name,
      mimeType: 'image/png',
      buffer: Buffer.from('pixels come from the server'),
    })),
  );
}

/** Chooses a reference for the picture in sight, as through the file dialog. */
export async function chooseReference(page: Page, name: string): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Reference…' }).click();
  const chooser = await asked;
  await chooser.setFiles({ name, mimeType: 'image/png', buffer: Buffer.from('pixels come from the server') });
}

/** Opens the sample and waits for its preview. */
export async function openDenoised(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
}

/** The requests of a name that the window has made. */
export function callsOf(page: Page, name: string): Promise<FakeCall[]> {
  return page.evaluate((wanted) => window.calls.filter((call) => call.name === wanted), name);
}

/** What axe finds, one line each, once nothing moves or changes its colour any more. */
export function violations(page: Page): Promise<string[]> {
  return axeFinds(page, {});
}

/** The same of contrast alone: all that another theme can change about a screen that axe has seen. */
export function contrastViolations(page: Page): Promise<string[]> {
  return axeFinds(page, { runOnly: ['color-contrast'] });
}

async function axeFinds(page: Page, options: axe.RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  return page.evaluate(async (wanted) => {
    const { violations } = await window.axe.run(wanted);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, options);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
