import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

const patience = 120_000;

/** Registers the test; the workshop has the models that it names. */
export function testSampleView(workshop: Workshop): void {
  test(
    'new pictures are drawn, held beside the nearest, varied, kept, enlarged and saved',
    async () => {
      const { page, complaints } = await openView(workshop, 'Sample', 'shapes');
      const nearest = page.getByRole('button', { name: /^Sample \d+ is (new|close|copied|unlike): compare/ });
      await nearest.nth(15).waitFor();
      expect(await nearest.count()).toBe(16);
      const counts = await page
        .getByRole('region', { name: 'Is it new?' })
        .getByRole('term')
        .allTextContents();
      expect(counts.map(Number).reduce((sum, count) => sum + count)).toBe(16);
      await nearest.first().click();
      await page.getByText(/times as far from it as its own nearest neighbour/).waitFor();
      expect(await violations(page)).toEqual([]);

      const first = page.getByRole('button', { name: 'Variations of sample 1', exact: true }).locator('img');
      const drawn = await first.getAttribute('src');
      const seed = page.getByRole('spinbutton', { name: 'Seed' });
      await seed.fill('2');
      await seed.press('Enter');
      await expect.poll(() => first.getAttribute('src')).not.toBe(drawn);
      await seed.fill('1');
      await seed.press('Enter');
      await expect.poll(() => first.getAttribute('src')).toBe(drawn);

      await page.getByRole('button', { name: 'Keep sample 2' }).click();
      await page.getByRole('button', { name: 'Keep sample 3' }).click();
      await page.getByRole('heading', { name: 'Kept: 2' }).waitFor();
      await page.getByRole('button', { name: 'Variations of sample 1', exact: true }).click();
      await page.getByRole('heading', { name: 'Variations of this' }).waitFor();
      await expect.poll(() => first.getAttribute('src')).not.toBe(drawn);
      await page.getByRole('button', { name: 'Back to all' }).click();
      await expect.poll(() => first.getAttribute('src')).toBe(drawn);

      await page.getByRole('combobox', { name: 'Enlarge with' }).selectOption('upscale-2x');
      await page.getByRole('img', { name: 'The first of them, enlarged' }).waitFor();
      await page.getByRole('button', { name: 'Save 2 pictures' }).click();
      await page.getByText('Saved 2 pictures').waitFor();
      await page.getByRole('button', { name: 'Save as one grid' }).click();
      await page.getByText('Saved shapes-grid.png').waitFor();
      const sizeOf = async (name: string) => {
        const { width, height } = await sharp(
          await readFile(join(workshop.home, 'results', name)),
        ).metadata();
        return [width, height];
      };
      expect(await sizeOf('shapes-sample-2.png')).toEqual([56, 56]);
      expect(await sizeOf('shapes-grid.png')).toEqual([112, 56]);
      expect(await violations(page)).toEqual([]);

      // What is kept is there when the window is opened again, in every view.
      await page.reload();
      await page.getByRole('button', { name: 'Generate', exact: true }).click();
      await page.getByRole('combobox', { name: 'Model' }).selectOption('shapes');
      const kept = page.getByRole('button', { name: /^Let go of kept picture/ });
      await kept.nth(1).waitFor();
      await kept.first().click();
      await page.getByRole('heading', { name: 'Kept: 1' }).waitFor();
      await page.getByRole('button', { name: 'Interpolate', exact: true }).click();
      await page.getByRole('button', { name: 'Kept picture 1: drawn by chance' }).waitFor();
      expect(complaints).toEqual([]);
    },
    2 * patience,
  );
}
