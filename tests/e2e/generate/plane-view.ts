import { expect, test, vi } from 'vitest';
import { blank, drawnIn, openView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

const patience = 60_000;
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: patience });

/** Registers the test; the workshop has the models that it names. */
export function testPlaneView(workshop: Workshop): void {
  test(
    'a plane of pictures is walked over by pointer and keys, zoomed, and laid through three pictures',
    async () => {
      const { page, complaints } = await openView(workshop, 'Plane', 'flat');
      const plane = page.getByRole('application', { name: /^Plane of pictures, enlarged \d+ times/ });
      const live = page.getByRole('img', { name: 'The picture at this point' }).locator('canvas');
      await page.getByText('this is everything it can draw').waitFor();
      const tiles = plane.locator('img');
      await eventually(async () => {
        const loaded = await tiles.evaluateAll((all) =>
          all.every((tile) => tile instanceof HTMLImageElement && tile.naturalWidth === 4 * 28),
        );
        expect(loaded && (await tiles.count()) >= 16).toBe(true);
      });

      const box = await plane.boundingBox();
      if (!box) throw new Error('the plane is not in sight');
      const at = (x: number, y: number) => page.mouse.move(box.x + box.width * x, box.y + box.height * y);
      await at(0.1, 0.1);
      await eventually(async () => expect(await drawnIn(live)).not.toBe(await blank(live)));
      const corner = await drawnIn(live);
      await at(0.9, 0.9);
      await eventually(async () => expect(await drawnIn(live)).not.toBe(corner));

      await plane.focus();
      const before = await drawnIn(live);
      await page.keyboard.press('Shift+ArrowLeft');
      await eventually(async () => expect(await drawnIn(live)).not.toBe(before));
      const coarse = await tiles.last().getAttribute('src');
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await page.getByRole('application', { name: /enlarged 3 times/ }).waitFor();
      await eventually(async () => expect(await tiles.last().getAttribute('src')).not.toBe(coarse));
      await page.keyboard.press('0');

      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Kept picture 1: from the plane' }).waitFor();
      await page.getByRole('button', { name: 'Three pictures' }).click();
      await page
        .getByRole('main')
        .getByText('Keep three pictures, and the plane goes through them.')
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Draw one' }).click();
      await page.getByRole('button', { name: 'Draw one' }).click();
      await page.getByText('This plane holds 100 %').waitFor();
      await eventually(async () =>
        expect(await plane.locator('.mark').allTextContents()).toEqual(['1', '2', '3']),
      );
      expect(await violations(page)).toEqual([]);

      await plane.focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('Keep the picture at the point').waitFor();
      await page.keyboard.press('?');

      await page.getByRole('combobox', { name: 'Model' }).selectOption('deep');
      await page.getByText(/The two directions in which your pictures differ most: \d+ %/).waitFor();
      await eventually(async () => expect(await drawnIn(live)).not.toBe(await blank(live)));
      expect(complaints).toEqual([]);
    },
    2 * patience,
  );
}
