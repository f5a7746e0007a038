import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeShapes } from '../../main/generate/shape-files.ts';
import { keepScreen } from '../keep-screen.ts';
import { openTrainView, type Workshop } from '../open-generate.ts';
import { violations } from '../open-window.ts';

/** The networks are real ones, so a step takes its time on a busy machine. */
const patience = 400_000;
/** Registers the test. */
export function testGeneratorKinds(workshop: Workshop): void {
  test(
    'a model learns the classes of folders and draws the one asked for, and another learns against a critic',
    async () => {
      const folder = join(workshop.home, 'sorted');
      await writeShapes(folder, 24);
      const { page, complaints } = await openTrainView(workshop, patience);
      const train = async (kind: string, name: string) => {
        await page.getByRole('textbox', { name: 'Folder on this computer' }).fill(folder);
        await page.keyboard.press('Enter');
        await page.getByText('Sorted into 2 classes: high, low').waitFor();
        await page.getByText('Advanced').click();
        await page.getByLabel('Kind').selectOption(kind);
        await page.getByLabel('Steps instead of time').fill('3');
        await page.getByLabel('Name', { exact: true }).fill(name);
        await page.getByRole('button', { name: 'Train for 3 steps' }).click();
        await page.getByRole('button', { name: 'Draw with it' }).waitFor();
        expect(await violations(page)).toEqual([]);
        await keepScreen(page, `generator-training-${name}`);
      };
      await train('Adversarial autoencoder', 'against');
      await page.getByRole('img', { name: /^How wrong the critic is: .* at first/ }).waitFor();
      await page.getByRole('button', { name: 'New training' }).click();
      await train('Conditional VAE, told a class', 'classes');

      await page.getByRole('button', { name: 'Draw with it' }).click();
      const sample = page.getByRole('button', { name: 'Variations of sample 1', exact: true }).locator('img');
      const first = await sample.getAttribute('src');
      await page.getByRole('combobox', { name: 'Class' }).selectOption('low');
      await expect.poll(() => sample.getAttribute('src')).not.toBe(first);
      await page.getByRole('button', { name: 'Reconstruct', exact: true }).click();
      await page.getByRole('combobox', { name: 'Class it is told' }).selectOption('What fits best');
      await page.getByText(/^(Error|Its error,) 0/).waitFor();
      expect(complaints).toEqual([]);
    },
    patience,
  );
}
