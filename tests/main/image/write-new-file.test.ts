import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNewFile } from '../../../main/image/write-new-file.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const bytes = (text: string) => new TextEncoder().encode(text);

describe('writeNewFile', () => {
  it('writes the bytes under the first name that is free, and nothing else', async () => {
    await writeFile(at('a.jpg'), 'old');
    expect(await writeNewFile([at('a.jpg'), at('a-2.jpg')], bytes('new'))).toBe(at('a-2.jpg'));
    expect(await readFile(at('a.jpg'), 'utf8')).toBe('old');
    expect(await readFile(at('a-2.jpg'), 'utf8')).toBe('new');
    expect(await readdir(folder.path)).toHaveLength(2);
  });

  it('refuses when every name is taken', async () => {
    await writeFile(at('a.jpg'), 'old');
    await expect(writeNewFile([at('a.jpg')], bytes('new'))).rejects.toMatchObject({
      code: 'exists',
      message: 'a.jpg exists already and is not overwritten.',
    });
    expect(await readFile(at('a.jpg'), 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['a.jpg']);
  });

  it('gives each of many writers at once a name of its own', async () => {
    const names = Array.from({ length: 20 }, (_, i) => at(`${i}.jpg`));
    const taken = await Promise.all(names.map((_, i) => writeNewFile(names, bytes(`writer ${i}`))));
    expect(new Set(taken).size).toBe(20);
    expect((await readdir(folder.path)).length).toBe(20);
    for (const [i, path] of taken.entries()) expect(await readFile(path, 'utf8')).toBe(`writer ${i}`);
  });

  it('says that the folder is missing', async () => {
    await expect(writeNewFile([at(join('none', 'a.jpg'))], bytes('new'))).rejects.toMatchObject({
      code: 'missing',
      message: 'a.jpg was not written: its folder does not exist.',
    });
  });
});

/** Only root may mount; elsewhere the failure is simulated in write-failures.test.ts. */
const mounts = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  return spawnSync('unshare', ['--mount', 'true']).status === 0;
}

describe.skipIf(!mounts)('writeNewFile on a disk that is full (a mounted one: root only)', () => {
  it('says so and leaves nothing behind', async () => {
    const disk = at('disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      await expect(writeNewFile([join(disk, 'a.jpg')], new Uint8Array(200_000))).rejects.toMatchObject({
        code: 'disk-full',
        message: 'a.jpg was not written: the disk is full.',
      });
      expect(await readdir(disk)).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
