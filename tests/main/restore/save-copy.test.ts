import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../../main/image/decode.ts';
import { blankLike, type Picture } from '../../../main/image/picture.ts';
import { Scratch } from '../../../main/image/scratch.ts';
import { tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { refuseTaken, type SaveCopyOptions, saveCopy } from '../../../main/restore/save-copy.ts';
import { randomPicture, raw, written } from '../image/samples.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
let source: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  source = await written(raw(randomPicture(40, 30, 3, 8)).png(), at('photo.png'));
});
afterEach(() => folder.remove());
const at = (name: string) => join(folder.path, name);
const options = { format: 'keep', quality: 90, stripMetadata: false, models: ['tiny'] } as const;

async function copyOf(
  source: Picture,
  result: Picture,
  asked: Partial<SaveCopyOptions> & { source: string },
) {
  const scratch = await Scratch.open(at('scratch'));
  return saveCopy(source, tiledInMemory(result), { ...options, ...asked }, scratch);
}

describe('saveCopy', () => {
  it('writes beside the source, numbered, and never touches what is there', async () => {
    const before = await checksum(source);
    const picture = await decode(source);
    const save = () => copyOf(picture, blankLike(picture), { source });
    expect(await save()).toBe(at('photo-denoised.png'));
    expect(await save()).toBe(at('photo-denoised-2.png'));
    expect(await checksum(source)).toBe(before);
    expect((await readdir(folder.path)).sort()).toEqual([
      'photo-denoised-2.png',
      'photo-denoised.png',
      'photo.png',
      'scratch',
    ]);
    expect(Math.max(...(await decode(at('photo-denoised.png'))).data)).toBe(0);
  });

  it('fills a pattern with the model and the size of the result', async () => {
    const picture = await decode(source);
    const save = (model: string, pattern: string) =>
      copyOf(picture, picture, { source, models: [model], pattern });
    expect(await save('denoise-fast', '{name} {model} {scale}x')).toBe(at('photo denoise-fast 1x.png'));
    const file = join('models', 'own-7', 'model.onnx');
    expect(await save(file, '{name}_{model}_{width}x{height}')).toBe(at('photo_own-7_40x30.png'));
    expect(await save(join('downloads', 'scunet.onnx'), '{name}_{model}')).toBe(at('photo_scunet.png'));
  });

  it('saves under names with spaces, emoji, combining accents and 250 characters, in a folder behind a link', async () => {
    await mkdir(at('Été à la mer 🏖️'));
    await symlink(at('Été à la mer 🏖️'), at('link'));
    const picture = await decode(source);
    for (const name of ['a b', '👩‍👩‍👧‍👦 família', 'e\u0301te\u0301', 'x'.repeat(250)]) {
      const file = join(at('link'), `${name}.png`);
      await copyFile(source, file);
      const saved = await copyOf(picture, picture, { source: file });
      expect(saved.startsWith(at('link'))).toBe(true);
      expect((await decode(saved)).width).toBe(40);
      expect(await copyOf(picture, picture, { source: file })).toMatch(/-2\.png$/);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'follows a link to the source, and leaves link and source alone',
    async () => {
      await symlink(source, at('linked.png'));
      const picture = await decode(at('linked.png'));
      const saved = await copyOf(picture, picture, { source: at('linked.png') });
      expect(saved).toBe(at('linked-denoised.png'));
      expect(await readlink(at('linked.png'))).toBe(source);
    },
  );

  it('refuses an exact output that exists, before the work and at its end', async () => {
    await writeFile(at('mine.png'), 'mine');
    const taken = { code: 'exists', message: 'mine.png exists already and is not overwritten.' };
    await expect(refuseTaken(at('mine.png'))).rejects.toMatchObject(taken);
    const picture = await decode(source);
    const work = copyOf(picture, picture, { source, output: at('mine.png') });
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
