import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requireSpace, spaceFor } from '../../../main/library/disk-space.ts';
import { addDoublingModel, addHalvingModel } from '../compute/halving-model.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let home: TemporaryFolder;

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

test('a result may take as much as its source, times what the models enlarge it', async () => {
  await addHalvingModel(join(home.path, 'models'), 'halving');
  await addDoublingModel(join(home.path, 'models'), 'doubling');
  const path = join(home.path, 'photo.jpg');
  await writeFile(path, Buffer.alloc(1000));
  expect(await spaceFor(path, [{ model: 'halving' }])).toBe(1000);
  expect(await spaceFor(path, [{ model: 'halving' }, { model: 'doubling' }])).toBe(4000);
});

test.runIf(process.platform === 'linux')('what is no drive at all is not said to be full', async () => {
  await expect(requireSpace(1000, '/proc/pictures')).resolves.toBeUndefined();
});

test('more than the drive has is refused with both sizes; a folder that is yet to be made is on its drive', async () => {
  const place = join(home.path, 'yet', 'to be made');
  await expect(requireSpace(1000, place)).resolves.toBeUndefined();
  await expect(requireSpace(1e18, place)).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringMatching(/need about 1000000000000 MB, but .*to be made has \d+ MB left/),
  });
});
