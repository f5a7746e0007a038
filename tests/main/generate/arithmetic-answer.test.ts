import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answer } from '../../../main/generate/answers.ts';
import type { Generator } from '../../../main/generate/generator.ts';
import { openGenerator } from '../../../main/generate/generator-files.ts';
import { generateDefaults, type RequestOf } from '../../../main/generate/request.ts';
import { framePng } from '../../../main/image/frames.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { shapes } from './shapes.ts';
import { writeTinyGenerator } from './tiny-generator.ts';

const size = 28;
const { signal } = new AbortController();
let home: TemporaryFolder;
let generator: Generator;
let files: string[];

beforeAll(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  await writeTinyGenerator('shapes', { latent: 4 });
  generator = await openGenerator('shapes');
  await mkdir(join(home.path, 'low'));
  files = [];
  const set = shapes(12, 3);
  for (let index = 0; index < set.count; index++) {
    const folder = set.labels?.[index] === 1 ? 'low' : '';
    files.push(join(home.path, folder, `${index}.png`));
    await sharp(await framePng(set, index)).toFile(files[index] ?? '');
  }
});
afterAll(async () => {
  await generator.dispose();
  vi.unstubAllEnvs();
  await home.remove();
});

const asked = (changes: Partial<RequestOf<'arithmetic'>>): RequestOf<'arithmetic'> => ({
  ...{ kind: 'arithmetic', model: 'shapes', output: home.path, seed: 1, pictures: [], towards: 'high' },
  amount: generateDefaults.amount,
  ...changes,
});

/** How far down the brightness of a column of the sheet lies, in shares of a picture, mean over its rows. */
async function depth(sheet: string, column: number): Promise<number> {
  const { data, info } = await sharp(sheet).greyscale().raw().toBuffer({ resolveWithObject: true });
  let [weighted, all] = [0, 0];
  for (let y = 0; y < info.height; y++) {
    for (let x = column * size; x < (column + 1) * size; x++) {
      const value = data[y * info.width + x] ?? 0;
      weighted += value * ((y % size) / size);
      all += value;
    }
  }
  return weighted / all;
}

describe('pictures changed by a direction', () => {
  it('rise towards the class of high squares, and sink the other way', async () => {
    const up = await answer(generator, asked({ amount: 2 }), signal);
    const down = await answer(generator, asked({ amount: -2 }), signal);
    const sheets = [...('files' in up ? up.files : []), ...('files' in down ? down.files : [])];
    const [rising = '', sinking = ''] = sheets;
    expect(await sharp(rising).metadata()).toMatchObject({ width: 5 * size, height: 5 * size });
    expect(await depth(rising, 4)).toBeLessThan((await depth(rising, 0)) - 0.02);
    expect(await depth(sinking, 4)).toBeGreaterThan((await depth(sinking, 0)) + 0.02);
    expect(await depth(sinking, 0)).toBeCloseTo(await depth(rising, 0), 6);
  });

  it('can be files, and groups folders', async () => {
    const low = join(home.path, 'low');
    const result = await answer(
      generator,
      asked({ pictures: files.slice(0, 2), towards: low, from: 'high' }),
      signal,
    );
    if (result.kind !== 'arithmetic') throw new Error('another answer');
    expect(result.having).toBe(files.filter((file) => file.startsWith(low)).length);
    expect(result.without).toBeGreaterThan(30);
    expect(await sharp(result.files[0]).metadata()).toMatchObject({ width: 5 * size, height: 2 * size });
  });

  it('say which group is not there', async () => {
    await expect(answer(generator, asked({ towards: '/nowhere/at/all' }), signal)).rejects.toThrow(
      '"/nowhere/at/all" is neither a folder nor a class of the collection; its classes are: high, low.',
    );
  });
});

it('lays the grid through three pictures', async () => {
  const [a = '', b = '', c = ''] = files;
  const request = { kind: 'grid', model: 'shapes', output: home.path, columns: 3 } as const;
  const through = await answer(generator, { ...request, through: [a, b, c] }, signal);
  const main = await answer(generator, request, signal);
  if (through.kind !== 'grid' || main.kind !== 'grid') throw new Error('another answer');
  const pixels = async (file = '') => (await sharp(file).raw().toBuffer()).toString('base64');
  expect(await pixels(through.files[0])).not.toBe(await pixels(main.files[0]));
  expect(await sharp(through.files[0]).metadata()).toMatchObject({ width: 3 * size, height: 3 * size });
});
