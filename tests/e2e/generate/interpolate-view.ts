import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { samplePath } from '../../../main/library/paths.ts';
import { blank, drawnIn, openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

const patience = 60_000;
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: patience });

/** Registers the test; the workshop has the models that it names. */
export function testInterpolateView(workshop: Workshop): void {
  test(
    'pictures turn into one another: drawn, scrubbed, played, looped, saved',
    async () => {
      const { page, complaints } = await openView(workshop, 'Interpolate', 'interpolate');
      await page.getByText('Choose two or more pictures').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Draw 5 pictures' }).click();
      await page.getByRole('button', { name: /^Kept picture 5/ }).waitFor();

      const screen = page.getByRole('img', { name: /^Frame \d+ of 60$/ }).locator('canvas');
      const scrub = page.getByRole('slider', { name: 'Frame', exact: true });
      await eventually(async () => expect(await drawnIn(screen)).not.toBe(await blank(screen)));
      const first = await drawnIn(screen);
      await scrub.fill('60');
      await page.getByRole('img', { name: 'Frame 60 of 60' }).waitFor();
      await eventually(async () => expect(await drawnIn(screen)).not.toBe(first));

      await page.getByRole('button', { name: 'Play' }).click();
      await page.getByRole('img', { name: /^Frame ([2-9]|\d\d) of 60$/ }).waitFor();
      await page.getByRole('button', { name: 'Play' }).waitFor();
      expect(await scrub.inputValue()).toBe('60');

      const frames = page.getByRole('slider', { name: 'Frames', exact: true });
      await frames.fill('12');
      await page.getByText('0.6 seconds in all').waitFor();
      await page.getByRole('button', { name: 'Straight' }).click();
      await page.getByText('The shortest way.').waitFor();
      await page.getByRole('switch', { name: 'Return to the first' }).click();
      expect(await violations(page)).toEqual([]);

      await page.getByRole('combobox', { name: 'Save as' }).selectOption('WebP animation');
      await page.getByRole('button', { name: 'Save 12 frames' }).click();
      const said = await page.getByText(/^Saved .*interpolation\.webp$/).textContent();
      const { pages, delay, width } = await sharp(
        await readFile(said?.replace('Saved ', '') ?? ''),
      ).metadata();
      expect([pages, delay?.[0], width]).toEqual([12, 50, 28]);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      expect((await download).suggestedFilename()).toBe('interpolation.webp');

      await page.getByRole('combobox', { name: 'Save as' }).selectOption('PNG, a file a frame');
      await page.getByRole('button', { name: 'Save 12 frames' }).click();
      await page.getByText(/^Saved 12 files, from .*frame-001\.png on$/).waitFor();

      await page.getByRole('button', { name: 'Remove kept picture 5' }).click();
      await page.getByRole('button', { name: /^Kept picture 1/ }).press('Delete');
      await page.getByRole('button', { name: /^Kept picture 4/ }).waitFor({ state: 'detached' });

      const asked = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Open a picture' }).click();
      await (await asked).setFiles(samplePath);
      await page.getByRole('button', { name: 'Kept picture 4: sample.jpg' }).waitFor();
      await page.getByRole('button', { name: 'Kept picture 4: sample.jpg' }).press('Shift+ArrowLeft');
      await page.getByRole('button', { name: 'Kept picture 3: sample.jpg' }).waitFor();
      const again = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Open a picture' }).click();
      await (await again).setFiles({
        name: 'notes.png',
        mimeType: 'image/png',
        buffer: Buffer.from('no picture'),
      });
      await page.getByText(/notes\.png/).waitFor();
      expect(complaints).toEqual([]);
    },
    3 * patience,
  );
}
