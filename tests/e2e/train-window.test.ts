import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { noisyScene, scene } from '../main/train/dataset/scenes.ts';
import { launchBrowser } from './browser.ts';
import { keepScreen } from './keep-screen.ts';

/** The network is the real one, so a step takes its time on a busy machine. */
const patience = 400_000;

let browser: Browser;
let home: TemporaryFolder;
let shell: WebShell;
let photos: string;

beforeEach(async () => {
  browser = await launchBrowser();
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  photos = join(home.path, 'photos');
  await mkdir(photos);
  for (let i = 0; i < 5; i++)
    await scene(i)
      .png()
      .toFile(join(photos, `${i}.png`));
  await copyFile(join(photos, '0.png'), join(photos, 'copy.png'));
  await scene(7).blur(3).png().toFile(join(photos, 'soft.png'));
  await writeFile(join(photos, 'broken.png'), 'no picture');
  shell = await startWebShell({ open: false, say: () => undefined });
});
afterEach(async () => {
  await browser.close();
  await shell.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => (await window.axe.run()).violations.map(({ id }) => id));
}

async function openTrain(): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(shell.url);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('textbox', { name: 'Folder on this computer' }).fill(photos);
  await page.keyboard.press('Enter');
  return { page, complaints };
}

test(
  'from a folder to a model in Restore, through all six steps',
  async () => {
    const { page, complaints } = await openTrain();
    await page.getByText(/^6 pictures · 0 megapixels/).waitFor();
    await page.getByText('Enough to try it out.').waitFor();
    await page.getByRole('checkbox', { name: 'Leave out: blurred' }).check();
    await page.getByText(/^5 pictures/).waitFor();
    await page.getByRole('button', { name: 'copies 1' }).click();
    const copy = page.getByRole('button', { name: 'Left out: copy.png' });
    expect(await copy.getAttribute('title')).toContain('The very same file as 0.png.');
    expect(await copy.getAttribute('aria-pressed')).toBe('true');

    const damaged = page.getByRole('img', { name: 'Damaged' });
    const first = await damaged.getAttribute('src');
    await page.getByRole('slider', { name: 'Noise level', exact: true }).fill('60');
    await vi.waitFor(async () => expect(await damaged.getAttribute('src')).not.toBe(first), {
      timeout: patience,
    });
    expect(await violations(page)).toEqual([]);

    await page.getByText('Advanced').click();
    await page.getByLabel('Steps instead of time').fill('2');
    await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('Step 2 of 2').waitFor();
    await page
      .getByText(/better than|worse than/i)
      .first()
      .waitFor();
    await page.getByRole('img', { name: /^Held-out PSNR: \d/ }).waitFor();
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Train again with changes' }).click();
    // What was left out stays left out.
    await page.getByText(/^5 pictures/).waitFor();
    expect(await page.getByRole('combobox', { name: 'Start from' }).inputValue()).toBe('denoise-fast');
    await page.getByRole('button', { name: /^denoise-photos/ }).click();

    await page.getByRole('button', { name: 'Open in Restore' }).click();
    await page.getByRole('button', { name: 'Try a sample' }).click();
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('denoise-photos');
    expect(complaints).toEqual([]);
  },
  patience,
);

test(
  'real pairs are found in a second folder and shown, and noisy pictures can be learned from alone',
  async () => {
    const noisy = join(home.path, 'noisy');
    await mkdir(noisy);
    for (const seed of [0, 1, 2]) await (await noisyScene(seed, 25)).png().toFile(join(noisy, `${seed}.png`));
    await (await noisyScene(9, 25)).png().toFile(join(noisy, '3.png'));
    const { page, complaints } = await openTrain();
    await page.getByText(/^6 pictures/).waitFor();
    await page.getByRole('radio', { name: /^Real pairs/ }).check();
    const train = page.getByRole('main').getByRole('button', { name: 'Train', exact: true });
    expect(await train.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Folder of the noisy pictures' }).fill(noisy);
    await page.getByRole('button', { name: 'Find pairs' }).click();
    await page.getByText('3 pairs fit.').waitFor();
    await page.getByText('3 without a partner').click();
    await page.getByText('3.png does not show the same scene: a pair must fit pixel by pixel.').waitFor();
    expect(await train.isEnabled()).toBe(true);
    await page.getByRole('img', { name: 'Damaged' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'train-pairs');

    await page.getByRole('radio', { name: /^Noisy pictures only/ }).check();
    expect(await page.getByRole('img', { name: 'Damaged' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'train-noisy-only');
    expect(complaints).toEqual([]);
  },
  patience,
);

test('a folder that does not exist is said to be missing', async () => {
  photos = join(home.path, 'gone');
  const { page } = await openTrain();
  await page.getByText('gone does not exist, or its drive is not connected.').waitFor();
});
