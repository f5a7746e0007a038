import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { writeShapes } from '../main/generate/shape-files.ts';
import { testGeneratorKinds } from './generate/generator-kinds.ts';
import { keepScreen } from './keep-screen.ts';
import { openTrainView, workshopSuite } from './open-generate.ts';
import { violations } from './open-window.ts';

/** The networks are real ones, so a step takes its time on a busy machine. */
const patience = 400_000;
const workshop = workshopSuite({});

/** Ends the process that trains a run, as a crash would. */
async function killOwner(run: string): Promise<void> {
  const text = await readFile(join(workshop.home, 'runs', run, 'owner.json'), 'utf8');
  process.kill(z.object({ pid: z.number() }).parse(JSON.parse(text)).pid, 'SIGKILL');
}

test(
  'a folder becomes a model that draws, through a pause, a crash and a stop',
  async () => {
    const folder = join(workshop.home, 'squares');
    await writeShapes(folder, 24);
    const { page, complaints } = await openTrainView(workshop, patience);
    await page.getByRole('heading', { name: 'Collection' }).waitFor();
    await keepScreen(page, 'generator-training-empty');
    await page.getByRole('textbox', { name: 'Folder on this computer' }).fill(folder);
    await page.keyboard.press('Enter');
    await page.getByText('Draws 28 × 28 pixels in grey, from 8 numbers a picture.').waitFor();
    await page.getByText('Sorted into 2 classes: high, low').waitFor();

    await page.getByText('Advanced').click();
    await page.getByLabel('Numbers a picture').fill('1');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Numbers a picture').inputValue()).toBe('2');
    await page.getByLabel('Preset').selectOption('Convolutional autoencoder');
    await page.getByText('from 128 numbers a picture').waitFor();
    await page.getByLabel('Kind').selectOption('Variational autoencoder');
    await page.getByLabel('Size', { exact: true }).selectOption('64 × 64');
    await page.getByText('is for grey pictures of 28 pixels').waitFor();
    await page.getByLabel('Preset').selectOption('Dense VAE');
    await page.getByLabel('Steps instead of time').fill('100000');
    await page.getByLabel('Name', { exact: true }).fill('squares');
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'generator-training-options');
    await page.getByRole('button', { name: 'Train for 100,000 steps' }).click();

    const resume = page.getByRole('button', { name: 'Resume' });
    await page.getByRole('img', { name: 'Drawn from their numbers' }).waitFor();
    await page.getByRole('img', { name: /^Error of the drawing: .* at first/ }).waitFor();
    await page.getByRole('img', { name: /^What the numbers tell, nats: .* at first/ }).waitFor();
    await page.getByText(/[012] of 2 numbers in use/).waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await resume.waitFor();
    expect(await violations(page)).toEqual([]);
    await keepScreen(page, 'generator-training-run');
    await resume.click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();

    await killOwner('squares');
    await page.getByText('It went on from the last checkpoint').waitFor();
    await page.getByRole('button', { name: 'Stop and keep the best' }).click();
    await page.getByRole('button', { name: 'Draw with it' }).waitFor();
    await keepScreen(page, 'generator-training-done');

    await page.getByRole('button', { name: 'Delete run' }).click();
    await page.getByText('Delete squares? Its curves and checkpoints go').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Draw with it' }).click();
    await page.getByRole('button', { name: /^Sample 16 is (new|close|copied|unlike): compare/ }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('squares');
    await keepScreen(page, 'generator-training-sample');

    await page
      .getByRole('navigation', { name: 'Views of the model' })
      .getByRole('button', { name: 'Train' })
      .click();
    await page.getByRole('button', { name: 'Delete run' }).click();
    await keepScreen(page, 'generator-training-delete');
    await page
      .getByRole('group', { name: /^Delete squares/ })
      .getByRole('button', { name: 'Delete run' })
      .click();
    await page.getByRole('navigation', { name: 'Runs' }).getByText('squares').waitFor({ state: 'detached' });
    expect(existsSync(join(workshop.home, 'runs', 'squares'))).toBe(false);
    expect(existsSync(join(workshop.home, 'models', 'squares', 'card.json'))).toBe(true);
    expect(complaints).toEqual([]);
  },
  patience,
);

testGeneratorKinds(workshop);
