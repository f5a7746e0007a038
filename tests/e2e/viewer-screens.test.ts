/**
 * Takes a screenshot of every way to compare, to be looked at by eye. Set RELUME_SCREENS to the folder for them;
 * without it nothing is taken.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePath } from '../../main/library/paths.ts';
import type { Picture } from '../../preload/contract.ts';
import { launchBrowser } from './browser.ts';
import { choose, chooseReference, openWindow } from './open-window.ts';
import { type Layers, serveWindow, type WindowServer } from './window-server.ts';

const folder = process.env.RELUME_SCREENS ?? '';
if (!folder) process.stderr.write('No screenshots are taken: RELUME_SCREENS names no folder.\n');

const photos: Picture[] = [
  { id: 'portrait', name: 'IMG_2041.jpg', width: 3600, height: 2400 },
  { id: 'detail', name: 'IMG_2042.jpg', width: 1200, height: 1600 },
].map((facts) => ({ ...facts, path: `/home/anna/${facts.name}`, depth: 8, format: 'jpeg', sigma: 18.3 }));

/** Clean photographs (`RELUME_SCREENS_PHOTO`, or the sample) as results, with grain on them as sources. */
async function photoLayers(): Promise<Layers> {
  const layers: Record<string, Layers[string]> = {};
  for (const { id, width, height } of photos) {
    const photo = process.env.RELUME_SCREENS_PHOTO ?? samplePath;
    const result = await sharp(photo).resize(width, height, { fit: 'cover' }).png().toBuffer();
    const noise = { type: 'gaussian', mean: 128, sigma: 34 } as const;
    const grain = await sharp({ create: { width, height, channels: 3, background: 'grey', noise } })
      .png()
      .toBuffer();
    const source = await sharp(result)
      .composite([{ input: grain, blend: 'soft-light' }])
      .png()
      .toBuffer();
    layers[id] = { source, result };
  }
  return layers;
}

/** Keys to press, from the fitted split on, and the screenshot to take then; the pointer rests on the picture. */
const stations: [string[], string][] = [
  [[], 'split'],
  [['1'], 'split-100'],
  [['v'], 'split-across'],
  [['v', '4'], 'split-400'],
  [['0', 'y'], 'side'],
  [['1'], 'side-100'],
  [['l'], 'side-loupe'],
  [['l', '0', 'h'], 'hold'],
  [['l'], 'hold-loupe'],
  [['l', 'd'], 'difference'],
  [['k', ']'], 'difference-grey'],
  [['k', 'm'], 'grid'],
  [['1'], 'grid-100'],
  [['s', 'g', '0'], 'proof'],
  [['g', 't', '1'], 'light'],
  [['m', '0'], 'light-grid'],
  [['t', 's', '?'], 'keys'],
];

describe.skipIf(!folder)('screenshots', () => {
  let browser: Browser;
  let server: WindowServer;

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveWindow(await photoLayers());
    await mkdir(folder, { recursive: true });
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it.each([
    [1280, 800, '100%'],
    [1920, 1080, '100%'],
    [1024, 700, '100%'],
    [1280, 800, '200%'],
  ])('%i x %i, text at %s', async (width, height, text) => {
    const { page, complaints } = await openWindow(browser, server, {
      width,
      height,
      pictures: photos,
      models: ['Relume Denoise Fast', 'Relume Denoise Photo'],
      others: [
        { task: 'artefacts', scale: 1 },
        { task: 'upscale', scale: 2 },
      ],
      devices: ['AMD Ryzen 7 7840U'],
    });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
    await choose(page, 'IMG_2041.jpg', 'IMG_2042.jpg');
    await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    await chooseReference(page, 'IMG_2041-clean.png');
    await rest(page);
    for (const [keys, name] of stations) {
      for (const key of keys) await page.keyboard.press(key);
      await rest(page);
      await page.screenshot({ path: join(folder, `${width}x${height}-${text.slice(0, -1)}-${name}.png`) });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Puts the pointer on the picture and waits until nothing is loading any more. */
async function rest(page: Page): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (box) await page.mouse.move(box.x + box.width * 0.62, box.y + box.height * 0.45);
  await page.waitForFunction(() => ![...document.querySelectorAll('.pending')].length);
  await page.waitForTimeout(600);
}
