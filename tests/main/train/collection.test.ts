import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCollection } from '../../../main/train/collection.ts';
import { CollectionError } from '../../../main/train/collection-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collection-'));
});
afterEach(() => rm(folder, { recursive: true }));

const photo = (name: string, side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: 'grey' } })
    .png()
    .toFile(join(folder, name));

it('finds pictures in sub-folders and leaves out what cannot be used, with the reason', async () => {
  await mkdir(join(folder, 'inner'));
  await Promise.all([photo('a.png', 80), photo('inner/b.png', 80), photo('small.png', 40)]);
  await writeFile(join(folder, 'text.png'), 'not a picture');
  const { training, heldOut, refused } = await openCollection(folder, 64);
  expect([...training, ...heldOut].map((path) => basename(path)).sort()).toEqual(['a.png', 'b.png']);
  expect(refused.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('small.png is 40 x 40 pixels'),
    expect.stringContaining('text.png'),
  ]);
});

it('keeps every photo on its side of the split when others come', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, i) => photo(`photo-${i}.png`, 16)));
  const before = await openCollection(folder, 16);
  await Promise.all(Array.from({ length: 20 }, (_, i) => photo(`later-${i}.png`, 16)));
  const after = await openCollection(folder, 16);
  expect(before.heldOut.length).toBeGreaterThan(0);
  expect(after.heldOut).toEqual(expect.arrayContaining([...before.heldOut]));
  expect(after.training).toEqual(expect.arrayContaining([...before.training]));
});

it.each([0, 1])('says that %i photos are too few', async (count) => {
  for (let i = 0; i < count; i++) await photo(`${i}.png`, 80);
  await expect(openCollection(folder, 64)).rejects.toThrow(CollectionError);
  await expect(openCollection(folder, 64)).rejects.toThrow('at least two');
});
