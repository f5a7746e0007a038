import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { scene } from '../main/train/dataset/scenes.ts';
import { launchBrowser } from './browser.ts';

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
    const copy = page.getByRole('button', { name: 'Leave out copy.png' });
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

    await page.getByRole('button', { name: 'Open in Restore' }).click();
    await page.getByRole('button', { name: 'Try a sample' }).click();
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('denoise-photos');
    expect(complaints).toEqual([]);
  },
  patience,
);

test('a folder that does not exist is said to be missing', async () => {
  photos = join(home.path, 'gone');
  const { page } = await openTrain();
  await page.getByText('gone does not exist, or its drive is not connected.').waitFor();
});
