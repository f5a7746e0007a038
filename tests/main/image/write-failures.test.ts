/** Failures of the disk that cannot be had for the asking, simulated one call at a time. */
import * as fs from 'node:fs/promises';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { writeNewFile } from '../../../main/image/write-new-file.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { randomPicture, raw, written } from './samples.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, open: vi.fn(real.open), link: vi.fn(real.link), rename: vi.fn(real.rename) };
});

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

async function failToWrite(code: string): Promise<void> {
  const { open } = await vi.importActual<typeof fs>('node:fs/promises');
  vi.mocked(fs.open).mockImplementationOnce(async (...args) => {
    const file = await open(...args);
    await file.write('part of it');
    file.writeFile = () => Promise.reject(failure(code));
    return file;
  });
}

describe('writeNewFile', () => {
  it('says that the disk is full, and removes what was written', async () => {
    await failToWrite('ENOSPC');
    await expect(writeNewFile([at('a.jpg')], new Uint8Array(9))).rejects.toMatchObject({
      code: 'disk-full',
      message: 'a.jpg was not written: the disk is full.',
    });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it.each(['EACCES', 'EROFS', 'EPERM'])('says that the folder does not allow it (%s)', async (code) => {
    vi.mocked(fs.open).mockRejectedValueOnce(failure(code));
    await expect(writeNewFile([at('a.jpg')], new Uint8Array(9))).rejects.toMatchObject({
      code: 'no-permission',
      message: 'a.jpg was not written: its folder does not allow it.',
    });
  });

  it('names any other reason, and removes what was written', async () => {
    await failToWrite('EIO');
    await expect(writeNewFile([at('a.jpg')], new Uint8Array(9))).rejects.toMatchObject({
      code: 'write-failed',
      message: 'a.jpg was not written (EIO).',
    });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('manages without hard links, still without overwriting', async () => {
    await fs.writeFile(at('a.jpg'), 'old');
    vi.mocked(fs.link).mockRejectedValueOnce(failure('EPERM')).mockRejectedValueOnce(failure('EPERM'));
    const names = [at('a.jpg'), at('b.jpg')];
    expect(await writeNewFile(names, new TextEncoder().encode('new'))).toBe(at('b.jpg'));
    expect(await readFile(at('a.jpg'), 'utf8')).toBe('old');
    expect(await readFile(at('b.jpg'), 'utf8')).toBe('new');
    expect(await readdir(folder.path)).toHaveLength(2);
  });

  it('leaves nothing behind when a rename without hard links fails', async () => {
    vi.mocked(fs.link).mockRejectedValueOnce(failure('ENOTSUP'));
    vi.mocked(fs.rename).mockRejectedValueOnce(failure('EIO'));
    await expect(writeNewFile([at('a.jpg')], new Uint8Array(9))).rejects.toMatchObject({
      code: 'write-failed',
    });
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('decode', () => {
  it('says that permission was denied', async () => {
    const path = await written(raw(randomPicture(8, 8, 3, 8)).png(), at('secret.png'));
    vi.mocked(fs.open).mockRejectedValueOnce(failure('EACCES'));
    await expect(decode(path)).rejects.toMatchObject({
      code: 'no-permission',
      message: 'secret.png cannot be read: permission was denied.',
    });
  });
});
