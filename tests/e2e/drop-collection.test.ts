import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { writeShapes } from '../main/generate/shape-files.ts';
import { openTrainView, workshopSuite } from './open-generate.ts';

const workshop = workshopSuite({});

/** Drops a folder on the window, as from a file manager. */
async function drop(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
}

test('a dropped collection brings the folders in it, which name its classes; one without pictures is told', async () => {
  const notes = join(workshop.home, 'notes');
  await mkdir(notes);
  await writeFile(join(notes, 'notes.txt'), 'no picture');
  const shapes = join(workshop.home, 'shapes');
  await writeShapes(shapes, 24);
  const { page, complaints } = await openTrainView(workshop, 60_000);
  await page.getByRole('heading', { name: 'Collection' }).waitFor();
  await drop(page, notes);
  await page.getByText('No pictures in what was dropped').waitFor();
  await drop(page, shapes);
  await page.getByText('Sorted into 2 classes: high, low').waitFor();
  expect(complaints).toEqual([]);
});
