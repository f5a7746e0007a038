import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toFailure } from '../../../../main/library/failure.ts';
import { look } from '../../../../main/train/dataset/look.ts';
import { type Examined, type Looker, scan } from '../../../../main/train/dataset/scan.ts';
import { split } from '../../../../main/train/dataset/split.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { scene } from './scenes.ts';

let folder: TemporaryFolder;
let looked: string[];
let looker: Looker;

beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, 'photos/below'), { recursive: true });
  looked = [];
  looker = {
    width: 4,
    look: async (path) => {
      looked.push(basename(path));
      try {
        return { look: await look(path) };
      } catch (error) {
        return { reason: toFailure(error).message };
      }
    },
  };
});
afterEach(() => folder.remove());

const photo = (name: string) => join(folder.path, 'photos', name);
const cache = () => join(folder.path, 'cache');

async function scanAll(signal = new AbortController().signal) {
  const found: string[] = [];
  const pictures: Examined[] = [];
  const { groups } = await scan([join(folder.path, 'photos')], cache(), looker, signal, (progress) => {
    if (progress.kind === 'found') found.push(...progress.paths);
    else pictures.push(...progress.pictures);
  });
  return found.map((path, i) => {
    const { findings = [] } = pictures[i] ?? {};
    return {
      path,
      name: basename(path),
      findings: findings.map(({ kind }) => kind),
      reasons: findings.map(({ reason }) => reason),
      group: groups[i] ?? -1,
    };
  });
}

it('finds copies and near copies, in folders below too, and says of what', async () => {
  await scene(1).png().toFile(photo('a.png'));
  await scene(2).png().toFile(photo('b.png'));
  await copyFile(photo('a.png'), photo('below/copy.png'));
  await scene(2).resize(200).jpeg({ quality: 85 }).toFile(photo('below/smaller.jpg'));
  await scene(3).png().toFile(photo('c.png'));
  const pictures = await scanAll();
  expect(Object.fromEntries(pictures.map(({ name, findings }) => [name, findings]))).toEqual({
    'a.png': [],
    'b.png': [],
    'c.png': [],
    'copy.png': ['duplicate'],
    'smaller.jpg': ['near-duplicate'],
  });
  expect(pictures.flatMap(({ reasons }) => reasons)).toEqual([
    'The very same file as a.png.',
    'Shows nearly the same as b.png.',
  ]);
  const groupOf = (name: string) => pictures.find((each) => each.name === name)?.group;
  expect(groupOf('copy.png')).toBe(groupOf('a.png'));
  expect(groupOf('smaller.jpg')).toBe(groupOf('b.png'));
  expect(new Set(pictures.map(({ group }) => group)).size).toBe(3);
});

it('keeps planted near duplicates and bursts on one side of the split', async () => {
  const taken = (seconds: number) => ({
    IFD0: { Model: 'Box' },
    IFD2: { DateTimeOriginal: `2024:05:06 07:08:${String(seconds).padStart(2, '0')}` },
  });
  for (let i = 0; i < 20; i++) {
    await scene(i)
      .withExif(taken(2 * i))
      .jpeg({ quality: 95 })
      .toFile(photo(`${i}-first.jpg`));
    await scene(i)
      .resize(280)
      .webp({ quality: 90 })
      .toFile(photo(`${i}-copy.webp`));
    // The camera moved a little between two shots.
    const moved = scene(i).extract({ left: 14, top: 10, width: 300, height: 240 });
    await moved
      .withExif(taken(2 * i + 1))
      .jpeg({ quality: 95 })
      .toFile(photo(`${i}-burst.jpg`));
  }
  const pictures = await scanAll();
  const { training, heldOut } = split(pictures);
  const scenes = (paths: readonly string[]) => new Set(paths.map((path) => basename(path).split('-')[0]));
  expect(heldOut.length).toBeGreaterThan(6);
  expect(training.length + heldOut.length).toBe(60);
  expect([...scenes(heldOut)].filter((each) => scenes(training).has(each))).toEqual([]);
});

it('looks at a picture again only when its file has changed', async () => {
  await scene(1).png().toFile(photo('a.png'));
  await scene(2).png().toFile(photo('b.png'));
  const first = await scanAll();
  expect(looked.sort()).toEqual(['a.png', 'b.png']);
  await scene(4).png().toFile(photo('b.png'));
  looked = [];
  await scanAll();
  expect(looked).toEqual(['b.png']);
  expect(first).toHaveLength(2);
});

it('goes on without its cache when that is damaged', async () => {
  await scene(1).png().toFile(photo('a.png'));
  await scanAll();
  for (const name of await readdir(cache())) await writeFile(join(cache(), name), '{"version":');
  looked = [];
  expect(await scanAll()).toHaveLength(1);
  expect(looked).toEqual(['a.png']);
});

it('a file that cannot be read is named, and the rest goes on', async () => {
  await scene(1).png().toFile(photo('b.png'));
  await writeFile(photo('a.png'), 'no picture');
  const [bad, good] = await scanAll();
  expect(bad).toMatchObject({ findings: ['unreadable'], reasons: [expect.stringContaining('a.png')] });
  expect(good).toMatchObject({ name: 'b.png', findings: [] });
});

it('a cancelled scan keeps what it has looked at', async () => {
  for (let i = 0; i < 8; i++)
    await scene(i)
      .png()
      .toFile(photo(`${i}.png`));
  const controller = new AbortController();
  const { look: patient } = looker;
  looker = {
    width: 1,
    look: (path) => {
      if (looked.length === 4) controller.abort();
      return patient(path);
    },
  };
  await expect(scanAll(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  const before = looked.length;
  expect(before).toBeLessThan(8);
  await scanAll();
  expect(looked.length).toBe(8);
});

it('a folder that is gone is named', async () => {
  await expect(
    scan([join(folder.path, 'gone')], cache(), looker, new AbortController().signal, () => undefined),
  ).rejects.toMatchObject({ code: 'no-folder', message: expect.stringContaining('gone does not exist') });
});
