import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, test, vi } from 'vitest';
import { noisyScene, scene } from '../main/train/dataset/scenes.ts';
import { keepScreen } from './keep-screen.ts';
import { violations } from './open-window.ts';
import { shellSuite } from './shell-suite.ts';

/** The network is the real one, so a step takes its time on a busy machine. */
const patience = 400_000;

// One application: what a test leaves behind, the next one finds.
const suite = shellSuite({
  async prepare(home) {
    const photos = join(home, 'photos');
    const noisy = join(home, 'noisy');
    await Promise.all([mkdir(photos), mkdir(noisy)]);
    for (let i = 0; i < 5; i++) await scene(i).toFile(join(photos, `${i}.png`));
    await copyFile(join(photos, '0.png'), join(photos, 'copy.png'));
    await scene(7).blur(3).toFile(join(photos, 'soft.png'));
    await writeFile(join(photos, 'broken.png'), 'no picture');
    for (const [i, seed] of [0, 1, 2, 9].entries())
      await (await noisyScene(seed, 25)).toFile(join(noisy, `${i}.png`));
  },
});
let page: Page;

afterEach(async () => {
  expect(suite.complaints()).toEqual([]);
  await suite.closePages();
});

async function openTrain(folder: string): Promise<void> {
  page = await suite.open();
  page.setDefaultTimeout(patience);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('textbox', { name: 'Folder on this computer' }).fill(join(suite.home, folder));
  await page.keyboard.press('Enter');
}

test('a folder that does not exist is said to be missing', async () => {
  await openTrain('gone');
  await page.getByText('gone does not exist, or its drive is not connected.').waitFor();
});

test(
  'real pairs are found in a second folder and shown, and noisy pictures can be learned from alone',
  async () => {
    await openTrain('photos');
    await page.getByText(/^6 pictures/).waitFor();
    await page.getByRole('radio', { name: /^Real pairs/ }).check();
    const train = page.getByRole('main').getByRole('button', { name: 'Train', exact: true });
    expect(await train.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Folder of the noisy pictures' }).fill(join(suite.home, 'noisy'));
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
  },
  patience,
);

test(
  'from a folder to a model in Restore, through all six steps',
  async () => {
    await openTrain('photos');
    await page.getByText(/^6 pictures · 0\.5 megapixels/).waitFor();
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
  },
  patience,
);
