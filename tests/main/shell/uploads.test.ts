import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { foldersAsClasses } from '../../../main/generate/classes.ts';
import { commonFolder } from '../../../main/generate/common-folder.ts';
import { Uploads } from '../../../main/shell/uploads.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size);
}

/** Paths of all files in the folder, from it on. */
async function storedFiles(): Promise<string[]> {
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder.path, join(entry.parentPath, entry.name)));
}

test('a file lies below the folders that it was dropped with, so that they still name its class', async () => {
  const uploads = new Uploads(folder.path);
  const paths = await Promise.all(
    ['animals/cats/a.png', 'animals/cats/b.png', 'animals/dogs/a.png'].map((name) =>
      uploads.receive(name, chunks(1)),
    ),
  );
  const classOf = foldersAsClasses(commonFolder(paths));
  expect(paths.map(classOf)).toEqual(['cats', 'cats', 'dogs']);
  await uploads.clear();
  expect(await readdir(folder.path)).toEqual([]);
});

test.each(['../a.png', 'cats/../../a.png', '/a.png', 'cats//a.png', 'cats/'])(
  '%s leads elsewhere and is refused',
  (name) => expect(new Uploads(folder.path).receive(name, chunks(1))).rejects.toThrow('is not a file name'),
);

test('a file that is too large is refused, and nothing of it is left', async () => {
  const uploads = new Uploads(folder.path, 2 ** 20);
  await expect(uploads.receive('a.tif', chunks(2 ** 20, 1))).rejects.toMatchObject({
    code: 'too-large',
    message: 'a.tif is larger than 1 MB, the most that a browser window can send.',
  });
  expect(await storedFiles()).toEqual([]);
});

test('a file of exactly that size is taken', async () => {
  const uploads = new Uploads(folder.path, 2 ** 20);
  const path = await uploads.receive('a.tif', chunks(2 ** 19, 2 ** 19));
  expect(path.endsWith('a.tif')).toBe(true);
});

test('a connection that breaks leaves nothing', async () => {
  const broken = async function* () {
    yield new Uint8Array(10);
    throw new Error('The connection was lost.');
  };
  await expect(new Uploads(folder.path).receive('a.jpg', broken())).rejects.toThrow('lost');
  expect(await storedFiles()).toEqual([]);
});

test('copies that a killed run left are removed after a week, not before', async () => {
  const now = Date.now();
  const days = (count: number) => new Date(now - count * 24 * 3600 * 1000);
  for (const [name, age] of [
    ['old', 8],
    ['recent', 6],
  ] as const) {
    await mkdir(join(folder.path, name));
    await utimes(join(folder.path, name), days(age), days(age));
  }
  await new Uploads(folder.path).clearStale(now);
  expect(await readdir(folder.path)).toEqual(['recent']);
});
