import { expect, test } from 'vitest';
import { tinyCount } from '../../main/generate/tiny-generator.ts';
import { openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

const patience = 60_000;

/** Registers the test; the workshop has the models that it names. */
export function testMapView(workshop: Workshop): void {
  test(
    'the map of a collection: laid out, measured, selected by class, lasso and likeness, isolated',
    async () => {
      const { page, complaints } = await openView(workshop, 'Map', 'map');
      page.setDefaultTimeout(patience);
      const map = page.getByRole('application', { name: `Map of ${tinyCount} pictures` });
      await map.waitFor();
      expect(await page.getByRole('combobox', { name: 'Laid out by' }).inputValue()).toBe('latent');
      const scores = page.getByRole('table', { name: 'Is it better than plain pixels?' });
      await scores
        .getByRole('row', { name: /Pictures among their own class, on this map \d+ % \d+ %/ })
        .waitFor();
      await scores.getByRole('row', { name: /Error with 2 numbers 0\.\d+ 0\.\d+/ }).waitFor();
      expect(await violations(page)).toEqual([]);

      const high = page.getByRole('button', { name: /^Select high: \d+ pictures$/ });
      const count = Number((await high.getAttribute('aria-label'))?.match(/\d+/)?.[0]);
      await high.click();
      await page.getByRole('heading', { name: `${count} pictures selected` }).waitFor();
      await page.getByRole('button', { name: 'Mark as a group' }).click();
      await page.getByText(`Group of ${count} for Arithmetic marked.`).waitFor();
      await page.getByRole('button', { name: 'Show only these' }).click();
      await page.getByText('Press a picture, or draw around').waitFor();

      await map.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '1 picture selected' }).waitFor();
      await page.getByText('class high').waitFor();
      await page.getByRole('button', { name: 'Keep this picture' }).click();
      await page.getByRole('button', { name: /^Kept picture 1: high/ }).waitFor();
      await page.getByRole('button', { name: 'Find similar' }).click();
      await page.getByRole('heading', { name: '25 pictures selected' }).waitFor();
      await page.getByRole('button', { name: 'Show all pictures' }).click();

      const box = await map.boundingBox();
      if (!box) throw new Error('the map is not in sight');
      await page.getByRole('button', { name: 'Lasso' }).click();
      const around = [
        [0.01, 0.01],
        [0.99, 0.01],
        [0.99, 0.99],
        [0.01, 0.99],
      ] as const;
      for (const [index, [x, y]] of around.entries()) {
        await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
        if (index === 0) await page.mouse.down();
      }
      await page.mouse.up();
      await page.getByRole('heading', { name: `${tinyCount} pictures selected` }).waitFor();

      await page.getByRole('combobox', { name: 'Laid out by' }).selectOption('pixels');
      await scores.getByRole('row', { name: /on this map/ }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Thumbnails' }).click();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    4 * patience,
  );
}
