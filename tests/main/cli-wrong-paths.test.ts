import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  for (const name of ['a.png', 'b.png'])
    await sharp({ create: { width: 40, height: 24, channels: 3, background: '#777' } }).toFile(
      join(place.folder, name),
    );
  await writeFile(join(place.folder, 'text.txt'), 'hello');
});
afterAll(() => place.remove());

it('a picture whose name begins with a dash: says how to name it', async () => {
  await sharp(join(place.folder, 'a.png')).toFile(join(place.folder, '-x.png'));
  const { status, stderr } = await place.run('denoise', '-x.png', '--model', 'tiny');
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('Try: npm start -- denoise ./-x.png --model tiny'),
  ]);
});

it.skipIf(process.platform === 'win32')(
  'a device that is not there: says so, and takes the CPU',
  async () => {
    const { status, stderr } = await place.run('denoise', 'b.png', '--model', 'tiny', '--device', 'dml');
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(
        'The device "dml" cannot be used: There is none on this system. The CPU was taken.',
      ),
    ]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
);

it.runIf(process.platform === 'linux')(
  'an output where no folder can be: says so, not that space is lacking',
  async () => {
    const { status, stderr } = await place.run(
      'denoise',
      'a.png',
      '--model',
      'tiny',
      '--output',
      '/proc/x/y',
    );
    expect([status, stderr]).toEqual([
      1,
      'a.png: The folder /proc/x/y cannot be made: none can be made there.\n',
    ]);
  },
);

it.each([['r.jpg'], ['list']])('--report %s: leaves alone what is no report', async (report) => {
  await writeFile(join(place.folder, 'r.jpg'), 'a photograph');
  await writeFile(join(place.folder, 'list.txt'), 'a shopping list');
  for (const resume of [[], ['--resume']]) {
    const { status, stderr } = await place.run(
      'denoise',
      'a.png',
      '--model',
      'tiny',
      '--report',
      report,
      ...resume,
    );
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("is no report of Relume's, and is not overwritten"),
    ]);
  }
  expect(await readFile(join(place.folder, 'r.jpg'), 'utf8')).toBe('a photograph');
  expect(await readFile(join(place.folder, 'list.txt'), 'utf8')).toBe('a shopping list');
});

const absent = 'it does not exist, or its drive is not connected.';

it.each([
  ['train vae --data nowhere', `nowhere cannot be read: ${absent}`],
  ['train vae --data text.txt', 'text.txt cannot be read: it is not a folder.'],
  ['train cvae --data . --classes nowhere.csv', `nowhere.csv cannot be read: ${absent}`],
  ['train cvae --data . --classes .', 'cannot be read: it is a folder.'],
  ['train denoise --data . --from nothing', 'There is no model "nothing"; there are: '],
  ['evaluate denoise --data nowhere --sigma 25 --model tiny', `nowhere cannot be read: ${absent}`],
  ['denoise a.png --report nowhere/r', 'nowhere/r cannot be written: its folder does not exist.'],
  ['denoise a.png --report .', 'cannot be written: it is a folder.'],
  ['denoise a.png --save-jobs nowhere/j', 'j was not written: its folder does not exist.'],
  [
    'denoise a.png --output text.txt/x',
    'text.txt/x cannot be made: a file stands where its folder should be.',
  ],
  ['restore --jobs nowhere', `nowhere cannot be read: ${absent}`],
  ['restore --jobs text.txt', 'text.txt is no list of jobs that this Relume knows: it is no JSON.'],
  ['models export tiny nowhere/x.onnx', 'nowhere/x.onnx cannot be written: its folder does not exist.'],
  ['models import .', "is a folder, not a model's file."],
  [
    'generate sample --model digits --count 1 --output text.txt',
    'text.txt cannot be made: a file has that name.',
  ],
])('%s: says why in one sentence, and leaves no run behind', async (line, sentence) => {
  const { status, stderr } = await place.run(...line.split(' '));
  expect(status).toBeGreaterThan(0);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b|\n {4}at /);
  expect(existsSync(join(place.home, 'runs'))).toBe(false);
});
