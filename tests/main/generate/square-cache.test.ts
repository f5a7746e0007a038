import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetSquares, SquareCache } from '../../../main/generate/square-cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

const options = { size: 2, channels: 1, fit: 'centre' } as const;
const set = { size: 2, channels: 1, count: 2, values: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), names: [] };

let place: TemporaryFolder;
let paths: [string, string];

beforeEach(async () => {
  place = await temporaryFolder();
  paths = [join(place.path, 'a.png'), join(place.path, 'b.png')];
  for (const path of paths) await writeFile(path, 'a picture');
  const cache = await SquareCache.open(place.path, options);
  for (const path of paths) expect(await cache.find(path)).toBeUndefined();
  await cache.keep(set, paths);
});
afterEach(() => place.remove());

const found = async (wanted: Parameters<typeof SquareCache.open>[1] = options) => {
  const cache = await SquareCache.open(place.path, wanted);
  return Promise.all(paths.map(async (path) => [...((await cache.find(path)) ?? [])]));
};

it('gives squares back in the run that they were kept in', async () => {
  expect(await found()).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
});

it('does not give back what has changed, is gone, or was made square otherwise', async () => {
  await utimes(paths[0], new Date(0), new Date(0));
  expect(await found()).toEqual([[], [5, 6, 7, 8]]);
  await rename(paths[1], join(place.path, 'c.png'));
  expect(await found()).toEqual([[], []]);
  expect(await found({ ...options, fit: 'pad' })).toEqual([[], []]);
});

it('is as good as empty when its file is damaged or forgotten', async () => {
  await writeFile(join(place.path, 'squares.bin'), '{"size":2');
  expect(await found()).toEqual([[], []]);
  await forgetSquares(place.path);
  expect(await found()).toEqual([[], []]);
});
