import { expect, test, vi } from 'vitest';
import { blank, drawnIn, openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

const patience = 60_000;
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: patience });

/** Registers the test; the workshop has the models that it names. */
export function testArithmeticView(workshop: Workshop): void {
  test(
    'what one group has and another has not is given to several pictures at once',
    async () => {
      const { page, complaints } = await openView(workshop, 'Arithmetic', 'arithmetic');
      page.setDefaultTimeout(patience);
      await page.getByText('Choose pictures to change.').waitFor();
      await page.getByRole('button', { name: 'Draw 4 pictures' }).click();
      const first = page.getByRole('region', { name: 'Direction 1' });
      await first.getByText(/^From \d+ pictures to \d+; it tells them apart in \d+ %/).waitFor();

      const changed = page.getByRole('img', { name: 'Picture 2, changed' }).locator('canvas');
      await eventually(async () => expect(await drawnIn(changed)).not.toBe(await blank(changed)));
      const before = await drawnIn(changed);
      await first.getByRole('slider', { name: 'How far' }).fill('-2');
      await eventually(async () => expect(await drawnIn(changed)).not.toBe(before));
      expect(await violations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Add a direction' }).click();
      const second = page.getByRole('region', { name: 'Direction 2' });
      await second.getByRole('combobox', { name: 'Towards' }).selectOption('class low');
      await second.getByRole('combobox', { name: 'Away from' }).selectOption('class low');
      await second.getByText('Choose two different groups.').waitFor();
      await second.getByRole('combobox', { name: 'Away from' }).selectOption('class high');
      await second.getByText(/tells them apart/).waitFor();
      await page.getByRole('button', { name: 'Remove direction 1' }).click();
      await second.waitFor({ state: 'detached' });

      await page.getByRole('button', { name: 'Keep Picture 2, changed' }).click();
      await page.getByRole('button', { name: /^Kept picture 5: .*, changed$/ }).waitFor();

      await page.getByRole('button', { name: 'Map', exact: true }).click();
      const low = page.getByRole('button', { name: /^Select low: \d+ pictures$/ });
      const count = (await low.getAttribute('aria-label'))?.match(/\d+/)?.[0];
      await low.click();
      await page.getByRole('button', { name: 'Mark as a group' }).click();
      await page.getByRole('button', { name: 'Arithmetic', exact: true }).click();
      const last = page.getByRole('region', { name: 'Direction 1' });
      await last.getByRole('combobox', { name: 'Towards' }).selectOption(`group 1 of the map (${count})`);
      await last.getByText(new RegExp(`^From \\d+ pictures to ${count};`)).waitFor();
      expect(complaints).toEqual([]);
    },
    4 * patience,
  );
}
