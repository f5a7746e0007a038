/** A folder of all kinds of pictures, good and bad, from start to end and through two crashes. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RestoreRecord, restoreRecordSchema } from '../../main/cli/restore-report.ts';
import { ended, openWorkplace, type Workplace } from './cli/built-cli.ts';

const formats = ['jpg', 'png', 'tif', 'webp', 'gif'] as const;
const good = 180;
const arguments_ = [
  ...['denoise', 'in', '--model', 'tiny', '--output', 'out', '--report', 'report', '--resume'],
  ...['--format', 'png'],
];

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
  await mkdir(join(place.folder, 'in'));
});
afterEach(() => place.remove());

it('180 good pictures are done and 20 bad ones explained, each once, though it is killed twice', async () => {
  const [, bad] = await Promise.all([makeGood(), makeBad()]);
  const before = await checksums();
  const counts: number[] = [];
  for (const wanted of [40, 110]) counts.push(await killedAfter(wanted));
  const { status, stderr } = await place.run(...arguments_);
  expect(status).toBe(1);
  expect(stderr).toMatch(/\d+ pictures are done already\./);

  const records = await reported();
  const done = records.filter(({ status }) => status === 'done');
  expect(new Set(done.map(({ file }) => file)).size).toBe(good);
  // What was not yet reported when it was killed is done again: one file each time.
  const written = (await readdir(join(place.folder, 'out'))).filter((name) => !name.startsWith('.'));
  expect(written.length - good).toBeLessThanOrEqual(counts.length);
  const failed = records.filter(({ status }) => status === 'failed');
  expect(failed.map(({ file }) => file).sort()).toEqual(bad.map((name) => join('in', name)).sort());
  for (const { file, reason } of failed) expect(reason).toContain(file.split(/[\\/]/).at(-1));
  expect(await checksums()).toEqual(before);
}, 240_000);

/** Runs until so many are reported, and then ends it and all it has started without a warning. */
async function killedAfter(wanted: number): Promise<number> {
  const child = place.start(...arguments_);
  const end = ended(child);
  let count = 0;
  while (count < wanted && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    count = (await reported()).length;
  }
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  await end;
  return count;
}

async function reported(): Promise<RestoreRecord[]> {
  const text = await readFile(join(place.folder, 'report'), 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => restoreRecordSchema.parse(JSON.parse(line)));
}

async function checksums(): Promise<Record<string, string>> {
  const folder = join(place.folder, 'in');
  const sums: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort())
    sums[name] = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  return sums;
}

function photo(index: number) {
  const background = { r: index % 256, g: 90, b: 200 - index };
  return sharp({ create: { width: 24 + (index % 9), height: 20, channels: 3, background } });
}

async function makeGood(): Promise<void> {
  for (let index = 0; index < good; index++) {
    const format = formats[index % formats.length];
    await photo(index).toFile(join(place.folder, 'in', `good ${String(index).padStart(3, '0')}.${format}`));
  }
}

/** Twenty files with the names of pictures that are none that can be restored; each is bad in its own way. */
async function makeBad(): Promise<string[]> {
  const [jpg, png, tif, webp, gif] = await Promise.all(
    (['jpeg', 'png', 'tiff', 'webp', 'gif'] as const).map((format) => photo(7).toFormat(format).toBuffer()),
  );
  if (!jpg || !png || !tif || !webp || !gif) throw new Error('Expected five encoded pictures.');
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
  const changed = (bytes: Buffer, at: number, ...values: number[]) => {
    const copy = Buffer.from(bytes);
    copy.set(values, at);
    return copy;
  };
  const bomb = changed(png, 16, 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60);
  const files: Record<string, Buffer | string> = {
    'text.png': 'This is text.',
    'empty.jpg': '',
    'page.jpg': '<!doctype html><title>Not found</title>',
    'half.png': half(png),
    'half.tif': half(tif),
    'half.webp': half(webp),
    'head only.jpg': jpg.subarray(0, 20),
    'head only.gif': gif.subarray(0, 6),
    'header.png': png.subarray(0, 8),
    'one byte.webp': webp.subarray(0, 1),
    'bomb.png': bomb,
    'no size.png': changed(png, 16, 0, 0, 0, 0, 0, 0, 0, 0),
    'colour type.png': changed(png, 25, 9),
    'zeros.jpg': Buffer.alloc(2000),
    'noise.png': Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919) % 251)),
    'archive.tif': Buffer.from('504b0304140000000800', 'hex'),
    'raw.dng': 'This is no RAW file.',
    'phone.heic': 'This is no HEIC file.',
    'film.avif': Buffer.from('0000001c66747970', 'hex'),
    'drawing.webp': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(place.folder, 'in', name), bytes);
  return Object.keys(files);
}
