import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addDoublingModel } from '../main/compute/halving-model.ts';
import { shellSuite } from './shell-suite.ts';
import { noisyPhoto } from './whole-app.ts';

const suite = shellSuite({
  ...{ width: 1440, height: 900 },
  prepare: (home) => addDoublingModel(join(home, 'models'), 'doubling'),
});
let photo: string;
let page: Page;

beforeAll(async () => {
  photo = await noisyPhoto(suite.home);
});
beforeEach(async () => {
  page = await suite.open();
});

test.each([
  { strength: 40, parts: {} },
  { upscaler: 'doubling', strength: 40, parts: {} },
  { upscaler: 'doubling', strength: 80, parts: { Luminance: 30, Colour: 90 } },
  { upscaler: 'doubling', strength: 0, parts: {} },
  // Four layers over each other, each rounded by the screen.
  { upscaler: 'doubling', strength: 70, parts: { Colour: 60, 'Bring back detail': 90 }, within: 2 },
])('what is seen at $strength % strength, enlarged by $upscaler, $parts, is what is saved', async (wish) => {
  await page.locator('input[type=file]').setInputFiles(photo);
  if (wish.upscaler) await page.getByLabel('Enlarge').selectOption(wish.upscaler);
  await page.getByRole('slider', { name: 'Strength', exact: true }).fill(String(wish.strength));
  await page.getByText('Luminance, colour, detail').click();
  for (const [name, value] of Object.entries(wish.parts))
    await page.getByRole('slider', { name, exact: true }).fill(String(value));
  const seen = await middleOfTheScreen();
  const saved = await middleOfTheCopy();
  expect(
    seen.map((value, i) => Math.abs(value - (saved[i] ?? 0))).filter((by) => by > (wish.within ?? 1)),
  ).toEqual([]);
  await page.close();
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
