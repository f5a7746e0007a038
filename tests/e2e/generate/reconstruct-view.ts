import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

/** Registers the test; the workshop has the models that it names. */
export function testReconstructView(workshop: Workshop): void {
  test('a picture goes through the model and back, and it is said how unusual it is', async () => {
    const { page, complaints } = await openView(workshop, 'Reconstruct', 'shapes');
    await page.getByRole('img', { name: 'Drawn from the numbers' }).waitFor();
    await page.getByRole('img', { name: 'Difference × 2' }).waitFor();
    expect(await violations(page)).toEqual([]);

    const noise = join(workshop.home, 'noise.png');
    await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 90 },
      },
    })
      .png()
      .toFile(noise);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a picture' }).click();
    await (await chooser).setFiles(noise);
    await page
      .getByText(/^Unlike anything this model has learnt from|^A plain grey would be nearer/)
      .waitFor();
    const shown = page.getByRole('list', { name: 'Pictures shown so far' }).getByRole('button');
    expect(await shown.count()).toBe(2);
    await page.getByRole('button', { name: 'A portrait' }).click();
    await expect.poll(() => shown.count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 240_000);
}
