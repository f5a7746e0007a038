import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPairs } from '../../../../main/train/pairs/find-pairs.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { noisyScene, scene } from '../dataset/scenes.ts';

let folder: TemporaryFolder;
const clean = (name: string) => join(folder.path, 'clean', name);
const noisy = (name: string) => join(folder.path, 'noisy', name);
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(clean(''));
  await mkdir(noisy(''));
});
afterEach(() => folder.remove());

const find = (paths: readonly string[], signal = new AbortController().signal) =>
  findPairs(paths, [noisy('')], signal, () => undefined);

it('pairs a scene with its noisy picture, however noisy', async () => {
  for (const [seed, sigma] of [
    [1, 5],
    [2, 50],
  ] as const) {
    await scene(seed).toFile(clean(`${seed}.png`));
    await (await noisyScene(seed, sigma)).toFile(noisy(`${seed}.png`));
  }
  const paths = [clean('1.png'), clean('2.png')];
  const { noisyPaths, refused } = await find(paths);
  expect(noisyPaths).toEqual({ [clean('1.png')]: noisy('1.png'), [clean('2.png')]: noisy('2.png') });
  expect(refused).toEqual([]);
});

it('refuses another scene, another size, a moved camera and a broken file, each with its reason', async () => {
  for (const name of ['other', 'size', 'moved', 'broken']) await scene(3).toFile(clean(`${name}.png`));
  await (await noisyScene(4, 10)).toFile(noisy('other.png'));
  await scene(3, 200, 100).toFile(noisy('size.png'));
  const wide = await scene(3).extend({ left: 2, bottom: 3, background: 'grey' }).png().toBuffer();
  await sharp(wide).extract({ left: 0, top: 3, width: 320, height: 256 }).toFile(noisy('moved.png'));
  await writeFile(noisy('broken.png'), 'no picture');

  const names = ['other', 'size', 'moved', 'broken'];
  const { noisyPaths, refused } = await find(names.map((name) => clean(`${name}.png`)));
  expect(noisyPaths).toEqual({});
  const reasons = refused.map(({ reason }) => reason);
  expect(reasons[0]).toBe('other.png does not show the same scene: a pair must fit pixel by pixel.');
  expect(reasons[1]).toContain('is 200 x 100 pixels and not 320 x 256');
  expect(reasons[2]).toContain('is moved by 2 pixels across and -3 down');
  expect(reasons[3]).toContain('broken.png');
});
