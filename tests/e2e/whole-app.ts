/** What a person does with the whole application, whichever shell shows it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { expect } from 'vitest';

/** A noisy picture in a folder, made afresh: smooth, with Gaussian noise of sigma 25. */
export async function noisyPhoto(folder: string): Promise<string> {
  const path = join(folder, 'noisy photo.png');
  const size = { width: 320, height: 240 };
  const noise = await sharp({
    create: { ...size, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 25 } },
  })
    .png()
    .toBuffer();
  await sharp(noise).toFile(path);
  return path;
}

/**
 * Opens a photo through the file dialog, waits for the preview, and saves a copy.
 *
 * The source must be as it was, and the copy as large as the source.
 *
 * @param saved tells where the copy is
 */
export async function restorePhoto(page: Page, photo: string, saved: () => Promise<string>): Promise<void> {
  const before = await readFile(photo);
  await page.locator('input[type=file]').setInputFiles(photo);
  await page.getByText(/sigma \d+(\.\d)? estimated/).waitFor();
  await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Save a copy' }).click();
  await page.getByText(/^Saved .*denoised\.png/).waitFor();
  const { width, height } = await sharp(await saved()).metadata();
  expect([width, height]).toEqual([320, 240]);
  expect(await readFile(photo)).toEqual(before);
}
