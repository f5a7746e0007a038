import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PhotoPool, strideOf, type Visit, visitAt } from '../../../main/train/photo-pool.ts';
import { PhotoCache } from '../../../main/train/photos.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

/** All visits of 16 patches in each of some steps. */
function visits(from: number, to: number, count: number): Visit[] {
  const found: Visit[] = [];
  for (let step = from; step <= to; step++) {
    const random = xoroshiro128plus(step);
    for (let patch = 0; patch < 16; patch++) found.push(visitAt(step, count, 5, random));
  }
  return found;
}
const distinct = (list: readonly Visit[]) => new Set(list.map((visit) => JSON.stringify(visit))).size;

it('asks a large collection for few new parts a step, from the first step on and ever after', () => {
  expect(distinct(visits(1, 1, 10_000))).toBeLessThanOrEqual(16);
  // 16 at first, and one for every two steps.
  expect(distinct(visits(1, 100, 10_000))).toBeLessThanOrEqual(16 + 50 + 5);
  // 512 at any time, of which a quarter of one changes a step.
  expect(distinct(visits(5001, 5400, 10_000))).toBeLessThanOrEqual(512 + 100 + 5);
});

it('comes round to every photo, and to other parts of it each time', () => {
  const all = visits(1, 9000, 700);
  expect(new Set(all.map(({ index }) => index)).size).toBe(700);
  const places = all.filter(({ index }) => index === 3).map(({ part }) => part?.across);
  expect(new Set(places).size).toBeGreaterThan(1);
});

it('follows from the step and the seed alone', () => {
  expect(visits(900, 903, 1000)).toEqual(visits(900, 903, 1000));
});

it.each([1, 2, 3, 10, 618, 1000, 1024])('visits each of %i photos once before any twice', (count) => {
  const stride = strideOf(count);
  expect(new Set(Array.from({ length: count }, (_, visit) => (visit * stride) % count)).size).toBe(count);
});

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function photo(name: string, width: number, height: number): Promise<string> {
  const path = join(folder.path, name);
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.floor(i / 3) % 251);
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
  return path;
}

it('cuts the part that was asked for, and keeps a smaller photo whole', async () => {
  const path = await photo('a.png', 40, 30);
  const photos = new PhotoCache(1e6);
  const part = await photos.get(path, { side: 20, across: 0.5, down: 1 });
  expect([part.width, part.height]).toEqual([20, 20]);
  // Its first pixel is at (10, 10) of rows of 40.
  expect(part.rgb[0]).toBe((10 * 40 + 10) % 251);
  const whole = await photos.get(path, { side: 100, across: 0.3, down: 0.3 });
  expect([whole.width, whole.height]).toEqual([40, 30]);
  expect(await photos.get(path, { side: 100, across: 0.9, down: 0.3 })).toBe(whole);
});

const random = () => xoroshiro128plus(1);

it('passes over a photo that is gone, damaged or smaller now, and says why', async () => {
  const good = await photo('good.png', 60, 60);
  const small = await photo('small.png', 60, 20);
  const damaged = join(folder.path, 'damaged.png');
  await writeFile(damaged, 'no picture');
  const gone = join(folder.path, 'gone.png');
  const pool = new PhotoPool({ paths: [good, small, damaged, gone], seed: 1, minSide: 40 });
  const generator = random();
  for (let draw = 0; draw < 40; draw++) expect((await pool.draw(1, generator)).height).toBe(60);
  expect([...pool.unusable.keys()].sort()).toEqual([damaged, gone, small].sort());
  expect(pool.unusable.get(small)).toContain('60 x 20');
});

it('gives up with a sentence when the pictures are all gone', async () => {
  const paths = await Promise.all(['a.png', 'b.png'].map((name) => photo(name, 50, 50)));
  await Promise.all(paths.map((path) => rm(path)));
  const pool = new PhotoPool({ paths, seed: 1, minSide: 40 });
  await expect(pool.draw(1, random())).rejects.toMatchObject({
    code: 'collection',
    message: expect.stringContaining('connect their drive, then resume'),
  });
});
