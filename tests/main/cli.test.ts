import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreRecordSchema } from '../../main/cli/restore-report.ts';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.remove());

async function makePicture(name: string, width = 96, height = 64): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const path = join(place.folder, name);
  await sharp({ create: { width, height, channels: 3, background: '#777', noise } }).toFile(path);
  return path;
}

const names = async () => (await readdir(place.folder)).sort();
const recordsOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => restoreRecordSchema.parse(JSON.parse(line)));
const checksum = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describe('denoise', () => {
  it('writes a copy beside the picture and prints where it is', async () => {
    const source = await makePicture('photo.jpg');
    const before = await checksum(source);
    const { status, stdout } = await place.run('denoise', 'photo.jpg', '--model', 'tiny');
    expect(stdout).toContain(join(place.folder, 'photo-denoised.jpg'));
    expect(status).toBe(0);
    expect(await names()).toEqual(['photo-denoised.jpg', 'photo.jpg']);
    expect(await checksum(source)).toBe(before);
    const { width, height, format } = await sharp(join(place.folder, 'photo-denoised.jpg')).metadata();
    expect({ width, height, format }).toEqual({ width: 96, height: 64, format: 'jpeg' });
  });

  it('with --json prints one object per file and nothing else, and goes on after a bad one', async () => {
    await makePicture('a.png');
    await writeFile(join(place.folder, 'b.jpg'), 'text, not a picture');
    await makePicture('c.webp', 70, 50);
    const { status, stdout, stderr } = await place.run(
      ...['denoise', '.', 'missing.jpg', '--model', 'tiny', '--sigma', '12.5', '--json'],
    );
    const [a, b, c, missing, ...others] = recordsOf(stdout);
    expect(others).toEqual([]);
    expect(a).toMatchObject({
      file: 'a.png',
      status: 'done',
      width: 96,
      height: 64,
      sigma: 12.5,
      model: 'tiny',
    });
    expect(a?.output).toBe(join(place.folder, 'a-denoised.png'));
    expect(b).toMatchObject({ file: 'b.jpg', status: 'failed', output: null });
    expect(b?.reason).toContain('b.jpg');
    expect(c).toMatchObject({ file: 'c.webp', status: 'done', width: 70, height: 50 });
    expect(missing).toMatchObject({ file: 'missing.jpg', status: 'failed' });
    expect(stderr).toContain('2 done, 2 failed');
    expect(status).toBe(1);
    expect(await names()).toEqual(['a-denoised.png', 'a.png', 'b.jpg', 'c-denoised.webp', 'c.webp']);
  });

  it('writes exactly the file that --output names, in its format, and never over another', async () => {
    await makePicture('photo.jpg');
    const args = ['denoise', 'photo.jpg', '--model', 'tiny', '--output', 'clean.png'];
    expect((await place.run(...args)).status).toBe(0);
    expect((await sharp(join(place.folder, 'clean.png')).metadata()).format).toBe('png');
    const before = await checksum(join(place.folder, 'clean.png'));
    const again = await place.run(...args);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('clean.png exists already');
    expect(await checksum(join(place.folder, 'clean.png'))).toBe(before);
  });

  it('makes the folder that --output names', async () => {
    await makePicture('a.png');
    await makePicture('b.png');
    const { status } = await place.run('denoise', '.', '--model', 'tiny', '--output', 'new/results');
    expect(status).toBe(0);
    expect(await readdir(join(place.folder, 'new/results'))).toEqual(['a-denoised.png', 'b-denoised.png']);
  });

  it.skipIf(process.platform === 'win32')('prints a name with a line break in one line', async () => {
    await makePicture('two\nlines.png');
    const { stdout } = await place.run('denoise', 'two\nlines.png', '--model', 'tiny');
    expect(stdout).toMatch(/^two\\x0alines\.png → .+two\\x0alines-denoised\.png .+\n$/);
  });

  it('says why a folder cannot be made', async () => {
    await makePicture('a.png');
    const { status, stderr } = await place.run(
      'denoise',
      'a.png',
      '--model',
      'tiny',
      '--output',
      'a.png/new',
    );
    expect(stderr).toMatch(/The folder .+ cannot be made/);
    expect(status).toBe(1);
  });

  it('uses an .onnx file as it lies, and says what is wrong with one that is none', async () => {
    await makePicture('a.png');
    await writeFile(join(place.folder, 'mine.onnx'), 'no model');
    const { status, stderr } = await place.run('denoise', 'a.png', '--model', 'mine.onnx');
    expect(stderr).toContain('mine.onnx');
    expect(status).toBe(1);
    expect(await names()).toEqual(['a.png', 'mine.onnx']);
  });
});

describe('the exit status is 2', () => {
  it.each([
    [['denoise'], 'missing required argument'],
    [['denoise', 'a.jpg', '--model', 'tyni'], 'There is no model "tyni"; there are:'],
    [
      ['denoise', 'a.jpg', 'b.jpg', '--model', 'tiny', '--output', 'c.jpg'],
      'is one file, but there are 2 pictures',
    ],
    [['denois', 'a.jpg'], 'Try: npm start -- denoise a.jpg'],
    [['nonsense'], 'Usage: npm start -- [--version] denoise | artefacts | upscale | restore | devices'],
  ])('for %j', async (args, sentence) => {
    const { status, stdout, stderr } = await place.run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});

describe('lists', () => {
  it('shows the processor among the devices', async () => {
    const { status, stdout } = await place.run('devices');
    expect(stdout).toMatch(/^id +name +precision .*verdict\ncpu +CPU · .+ +float32 /m);
    expect(status).toBe(0);
  });

  it("shows the person's own models, as a table and as JSON", async () => {
    expect((await place.run('models')).stdout).toMatch(/^tiny +denoise /m);
    const { stdout } = await place.run('models', '--json');
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: 'tiny' }));
  });
});

it('shows its commands on standard output when asked', async () => {
  const { status, stdout } = await place.run('--help');
  expect(stdout).toContain('denoise');
  expect(status).toBe(0);
});
