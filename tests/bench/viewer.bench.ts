/** How smoothly the viewer moves a photo of 100 megapixels, in a browser window of 1920 x 1080. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { samplePath } from '../../main/library/paths.ts';
import { shellSuite } from '../e2e/shell-suite.ts';
import { addDimmingModel } from '../main/compute/halving-model.ts';
import { gesture, traceCategories } from './frame-times.ts';
import { print } from './measure.ts';

const suite = shellSuite({
  ...{ width: 1920, height: 1080 },
  // A result that costs nothing to make: what is measured is the window.
  prepare: (home) => addDimmingModel(join(home, 'models'), 'dimming'),
});
let page: Page;

it('moves the split line, pans and zooms', { timeout: 900_000 }, async () => {
  const photo = join(suite.home, 'hundred-megapixels.jpg');
  await sharp(samplePath).resize(12_240, 8160, { fit: 'cover' }).jpeg({ quality: 90 }).toFile(photo);
  page = await suite.open();
  await page.locator('input[type=file]').setInputFiles(photo);
  await page.getByLabel('Model', { exact: true }).selectOption('dimming', { timeout: 300_000 });
  await page.getByRole('slider', { name: 'Split between before and after' }).waitFor({ timeout: 600_000 });
  await page.getByRole('progressbar', { name: 'Denoising' }).waitFor({ state: 'detached', timeout: 600_000 });
  const begun = await memory();
  const rows = [await measured('split line, whole picture', split)];
  await zoomed('1');
  rows.push(await measured('split line at 100 %', split));
  rows.push(await measured('pan at 100 %', pan));
  await zoomed('0');
  rows.push(await measured('zoom, whole picture to 800 % and back', zoom));
  const head = [
    'gesture',
    'frames',
    'median ms',
    '95 %',
    'longest',
    'script 95 %',
    'rendering 95 %',
    'main 95 %',
  ];
  print('100 megapixel JPEG in the viewer, 1920 x 1080', [head, ...rows]);
  const moved = await memory();
  await page.waitForTimeout(15_000);
  const memoryHead = ['', 'process (PSS) MB', 'the browser besides, MB', 'JavaScript heap MB'];
  print('Memory of the window', [
    memoryHead,
    ['at first', ...begun],
    ['moved', ...moved],
    ['at rest', ...(await memory())],
  ]);
  for (const [, frames] of rows) expect(Number(frames)).toBeGreaterThan(20);
});

async function zoomed(key: '0' | '1'): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForTimeout(300);
  await page.waitForFunction(() => !document.querySelector('.pending'), undefined, { timeout: 120_000 });
  await page.waitForTimeout(1000);
}

/** Traces the browser while something is done in it. */
async function measured(name: string, act: () => Promise<void>): Promise<string[]> {
  await suite.browser.startTracing(page, { categories: [...traceCategories] });
  await act();
  const { frames, script, rendering, main } = gesture(await suite.browser.stopTracing());
  const [median, most, longest] = [share(frames, 0.5), share(frames, 0.95), share(frames, 1)];
  const figures = [median, most, longest, share(script, 0.95), share(rendering, 0.95), share(main, 0.95)];
  return [name, String(frames.length), ...figures.map((figure) => figure.toFixed(1))];
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const steps = 150;

/** Drags the split line to and fro. */
async function split(): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Split between before and after' }).boundingBox();
  if (!box) throw new Error('There is no split line.');
  const middle = { x: box.x + box.width / 2, y: 300 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  for (let step = 0; step <= steps; step++)
    await page.mouse.move(middle.x + 500 * Math.sin((4 * Math.PI * step) / steps), middle.y);
  await page.mouse.up();
}

/** Drags the picture in a wide circle, some 30 pixels at a time. */
async function pan(): Promise<void> {
  const at = (turn: number) => [700 + 400 * Math.cos(turn), 500 + 350 * Math.sin(turn)] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let step = 0; step <= steps; step++) await page.mouse.move(...at((4 * Math.PI * step) / steps));
  await page.mouse.up();
}

/** Turns the wheel inwards and outwards. */
async function zoom(): Promise<void> {
  await page.mouse.move(800, 450);
  for (let step = 0; step < steps; step++) await page.mouse.wheel(0, step < steps / 2 ? -40 : 40);
}

/** Of the window's process and of the browser's others, with their part of what is shared, and of the script. */
async function memory(): Promise<string[]> {
  const session = await suite.browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = await Promise.all(
    processInfo.map(async ({ type, id }) => {
      const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
      return { type, size: Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024 };
    }),
  );
  const window = Math.max(...sizes.filter(({ type }) => type === 'renderer').map(({ size }) => size));
  const all = sizes.reduce((sum, { size }) => sum + size, 0);
  const own = await page.context().newCDPSession(page);
  const { usedSize } = await own.send('Runtime.getHeapUsage');
  return [window, all - window, usedSize / 2 ** 20].map((size) => size.toFixed(0));
}
