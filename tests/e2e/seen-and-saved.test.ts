import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import sharp, { type Sharp } from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import { addDoublingModel } from '../main/compute/halving-model.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';
import { noisyPhoto } from './whole-app.ts';

let browser: Browser;
let home: TemporaryFolder;
let shell: WebShell;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  await addDoublingModel(join(home.path, 'models'), 'doubling');
  shell = await startWebShell({ open: false, say: () => undefined });
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
});
afterEach(async () => {
  await page.context().close();
  await shell.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

test.each([
  { strength: 40, parts: {} },
  { upscaler: 'doubling', strength: 40, parts: {} },
  { upscaler: 'doubling', strength: 80, parts: { Luminance: 30, Colour: 90 } },
  { upscaler: 'doubling', strength: 0, parts: {} },
])('what is seen at $strength % strength, enlarged by $upscaler, $parts, is what is saved', async (wish) => {
  await page.goto(shell.url);
  await page.locator('input[type=file]').setInputFiles(await noisyPhoto(home.path));
  if (wish.upscaler) await page.getByLabel('Enlarge').selectOption(wish.upscaler);
  await page.getByRole('slider', { name: 'Strength', exact: true }).fill(String(wish.strength));
  await page.getByText('Luminance, colour, detail').click();
  for (const [name, value] of Object.entries(wish.parts))
    await page.getByRole('slider', { name, exact: true }).fill(String(value));
  const seen = await middleOfTheScreen();
  const saved = await middleOfTheCopy();
  expect(seen.map((value, i) => Math.abs(value - (saved[i] ?? 0))).filter((by) => by > 1)).toEqual([]);
});

const side = 200;

/** Pixels around the middle of the result at 100 %. */
async function middleOfTheScreen(): Promise<number[]> {
  await page.getByRole('slider', { name: 'Split between before and after' }).press('Home');
  await page.keyboard.press('1');
  await page.mouse.move(0, 0);
  // Wishes rest for a moment before the networks run.
  await page.waitForTimeout(800);
  await page.getByRole('progressbar', { name: 'Denoising' }).waitFor({ state: 'detached' });
  await page.waitForFunction(() => !document.querySelector('.pending'));
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('The viewer is not shown.');
  const [x, y] = [box.x + (box.width - side) / 2, box.y + (box.height - side) / 2];
  return samples(sharp(await page.screenshot({ clip: { x, y, width: side, height: side } })));
}

async function middleOfTheCopy(): Promise<number[]> {
  await page.getByRole('button', { name: 'Save a copy' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const copy = sharp(await (await download).path());
  const { width, height } = await copy.metadata();
  return samples(
    copy.extract({ left: (width - side) / 2, top: (height - side) / 2, width: side, height: side }),
  );
}

async function samples(picture: Sharp): Promise<number[]> {
  return [...(await picture.removeAlpha().toColourspace('srgb').raw().toBuffer())];
}
