import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeFolder, makeHome } from '../../../main/library/make-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relume-make-folder-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('makes a folder with those above it, however many ask at once', async () => {
  const wanted = join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(wanted), makeFolder(wanted), makeFolder(join(folder, 'a', 'd'))]);
  await makeFolder(wanted);
  expect((await stat(wanted)).isDirectory()).toBe(true);
});

it('says what stands in the way', async () => {
  await writeFile(join(folder, 'text.txt'), '');
  const reasonOf = (path: string) =>
    makeFolder(join(folder, path)).catch((error: Error) => error.message.split(': ')[1]);
  expect(await reasonOf('text.txt')).toBe('a file has that name.');
  expect(await reasonOf('text.txt/a/b')).toBe('a file stands where its folder should be.');
});

it.skipIf(process.platform !== 'linux')('does not wait where no folder can ever be made', async () => {
  await expect(makeFolder('/proc/x/y')).rejects.toMatchObject({
    code: 'no-folder',
    message: 'The folder /proc/x/y cannot be made: none can be made there.',
  });
});

it("makes Relume's own folder, or says where else it could be", async () => {
  vi.stubEnv('RELUME_HOME', join(folder, 'own'));
  await makeHome();
  expect((await stat(join(folder, 'own'))).isDirectory()).toBe(true);
  await writeFile(join(folder, 'text.txt'), '');
  vi.stubEnv('RELUME_HOME', join(folder, 'text.txt'));
  await expect(makeHome()).rejects.toThrow(/a file has that name\. .* set RELUME_HOME to another\.$/);
  vi.unstubAllEnvs();
});
