import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { denoise } from '../../../main/restore/denoise.ts';
import { refuseTaken, saveCopy } from '../../../main/restore/save-copy.ts';
import { randomPicture, raw, written } from '../image/samples.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { fakeNetwork } from './fake-networks.ts';

let folder: TemporaryFolder;
let source: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  source = await written(raw(randomPicture(40, 30, 3, 8)).png(), at('photo.png'));
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const options = { format: 'keep', quality: 90, stripMetadata: false } as const;
const black = fakeNetwork((_, height, width) => new Float32Array(3 * height * width));

describe('saveCopy', () => {
  it('writes the blend beside the source, numbered, and never touches what is there', async () => {
    const before = await checksum(source);
    const picture = await decode(source);
    const result = await denoise(picture, black, { sigma: 10 });
    const save = (strength: number) => saveCopy(picture, result, { ...options, source, strength });
    expect(await save(100)).toBe(at('photo-denoised.png'));
    expect(await save(50)).toBe(at('photo-denoised-2.png'));
    expect(await checksum(source)).toBe(before);
    expect((await readdir(folder.path)).sort()).toEqual([
      'photo-denoised-2.png',
      'photo-denoised.png',
      'photo.png',
    ]);
    expect(Math.max(...(await decode(at('photo-denoised.png'))).data)).toBe(0);
    const half = (await decode(at('photo-denoised-2.png'))).data;
    expect([...half]).toEqual([...picture.data].map((value) => Math.round(value / 2)));
  });

  it('refuses an exact output that exists, before the work and at its end', async () => {
    await writeFile(at('mine.png'), 'mine');
    const taken = { code: 'exists', message: 'mine.png exists already and is not overwritten.' };
    await expect(refuseTaken(at('mine.png'))).rejects.toMatchObject(taken);
    const picture = await decode(source);
    const work = saveCopy(picture, picture, { ...options, source, strength: 100, output: at('mine.png') });
    await expect(work).rejects.toMatchObject(taken);
    expect(await readFile(at('mine.png'), 'utf8')).toBe('mine');
    await expect(refuseTaken(at('new.png'))).resolves.toBeUndefined();
  });
});

async function checksum(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
