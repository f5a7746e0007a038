import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stoppedText } from '../../../main/cli/stopped-text.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const form = 'relume train denoise --data photos --name mine --resume';

it('offers to go on with a run that has begun', async () => {
  await writeFile(join(folder.path, 'log.jsonl'), '');
  expect(stoppedText(folder.path, form)).toBe(`Stopped. To go on: ${form}`);
});

it('offers nothing where training never came to a first step, and needs no folder for that', async () => {
  await mkdir(join(folder.path, 'begun-to-be-made'));
  for (const run of [join(folder.path, 'begun-to-be-made'), join(folder.path, 'none')]) {
    expect(stoppedText(run, form)).not.toContain('--resume');
  }
});
