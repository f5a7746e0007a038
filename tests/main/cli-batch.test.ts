import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
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

async function photo(...names: string[]): Promise<void> {
  const path = join(place.folder, ...names);
  await mkdir(join(path, '..'), { recursive: true });
  await sharp({ create: { width: 64, height: 48, channels: 3, background: 'grey' } }).toFile(path);
}
const records = async (file: string) =>
  (await readFile(join(place.folder, file), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => restoreRecordSchema.parse(JSON.parse(line)));

describe('a batch', () => {
  it('goes below folders and mirrors them, past bad files, and reports each', async () => {
    await photo('in', 'a.png');
    await photo('in', 'deep', 'er', 'b.png');
    await writeFile(join(place.folder, 'in', 'deep', 'bad.png'), 'text');
    const { status } = await place.run(
      ...[
        'restore',
        'in',
        '--chain',
        'tiny,tiny',
        '--recursive',
        '--output',
        'out',
        '--report',
        'report.json',
      ],
    );
    expect(status).toBe(1);
    expect(await readdir(join(place.folder, 'out', 'deep', 'er'))).toEqual(['b-denoised.png']);
    expect(await readdir(join(place.folder, 'out'))).toEqual(['a-denoised.png', 'deep']);
    expect((await records('report.json')).map(({ status }) => status).sort()).toEqual([
      'done',
      'done',
      'failed',
    ]);
    expect(await readFile(join(place.folder, 'report.json.txt'), 'utf8')).toMatch(/^2 done, 1 failed\n/);
  });

  it('leaves out what an earlier run has done, even when its report was cut short', async () => {
    await photo('a.png');
    await photo('b.png');
    const args = ['denoise', '.', '--model', 'tiny', '--output', 'out', '--report', 'r', '--resume'];
    await place.run('denoise', 'a.png', '--model', 'tiny', '--output', 'out', '--report', 'r');
    await writeFile(
      join(place.folder, 'r'),
      `${await readFile(join(place.folder, 'r'), 'utf8')}{"file":"b.p`,
    );
    const { status, stderr } = await place.run(...args);
    expect(status).toBe(0);
    expect(stderr).toContain('1 picture is done already.');
    expect(await readdir(join(place.folder, 'out'))).toEqual(['a-denoised.png', 'b-denoised.png']);
    expect((await records('r')).map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('is written as a list of jobs, done from it, and gone on with where it was left', async () => {
    await photo('in', 'a.png');
    await photo('in', 'deep', 'b.png');
    const asked = ['in', '--recursive', '--model', 'tiny', '--output', 'out', '--format', 'jpeg'];
    const saved = await place.run('denoise', ...asked, '--save-jobs', 'queue.json');
    expect([saved.status, saved.stdout.split('.')[0]]).toEqual([0, '2 jobs were written']);
    expect(await readdir(place.folder)).toEqual(['in', 'queue.json']);
    // The same picture once more, otherwise.
    const queue = JSON.parse(await readFile(join(place.folder, 'queue.json'), 'utf8'));
    queue.jobs.push({ path: 'in/a.png', chain: [{ model: 'tiny' }], format: 'png' });
    await writeFile(join(place.folder, 'queue.json'), JSON.stringify(queue));
    await place.run('restore', '--jobs', 'queue.json');
    expect((await readdir(join(place.folder, 'out'), { recursive: true })).sort()).toEqual([
      'a-denoised.jpg',
      'deep',
      join('deep', 'b-denoised.jpg'),
    ]);
    // As if it had been stopped before the last.
    const report = await readFile(join(place.folder, 'queue.json.report'), 'utf8');
    await writeFile(join(place.folder, 'queue.json.report'), report.split('\n').slice(0, 2).join('\n'));
    const { status, stdout, stderr } = await place.run(
      'restore',
      '--jobs',
      'queue.json',
      '--resume',
      '--json',
    );
    expect([status, stderr]).toEqual([0, expect.stringContaining('2 pictures are done already.')]);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).output),
    ).toEqual([join(place.folder, 'in', 'a-denoised-2.png')]);
  });

  it('calls results by a pattern, and keeps one colour for four pixels where that is chosen', async () => {
    await photo('a.jpg');
    await place.run(
      'denoise',
      'a.jpg',
      '--model',
      'tiny',
      '--pattern',
      '{name} by {model} {width}',
      '--chroma',
      '4:2:0',
    );
    const { chromaSubsampling } = await sharp(join(place.folder, 'a by tiny 64.jpg')).metadata();
    expect(chromaSubsampling).toBe('4:2:0');
  });

  it('says nothing of noise where no model is told any', async () => {
    await photo('a.png');
    const { stdout, stderr } = await place.run('restore', 'a.png', '--chain', 'upscale-2x');
    expect(stdout).toMatch(/a-2x\.png {2}\(\d+\.\d s, /);
    expect(stderr).toBe('');
    const again = await place.run('restore', 'a.png', '--chain', 'upscale-2x,tiny', '--json');
    expect(JSON.parse(again.stdout).sigma).toBeGreaterThanOrEqual(0);
    const never = await place.run('upscale', 'a.png', '--json');
    expect(JSON.parse(never.stdout).sigma).toBeNull();
  });

  it('brings pictures to an exact size', async () => {
    await photo('a.png');
    await place.run('restore', 'a.png', '--chain', 'tiny', '--width', '32');
    const { width, height } = await sharp(join(place.folder, 'a-0.5x.png')).metadata();
    expect([width, height]).toEqual([32, 24]);
  });

  it.each([
    [['denoise', 'a.png', '--resume'], '--resume needs --report'],
    [['upscale', 'a.png', '--megapixels', '2', '--width', '9'], '--megapixels excludes --width and --height'],
    [['denoise', 'a.png', '--pattern', '{nome}'], '--pattern: {nome} means nothing in a name pattern'],
    [['restore', 'a.png'], 'restore takes pictures and --chain, or --jobs'],
    [['restore', '--jobs', 'q.json', '--strength', '5'], '--jobs excludes --strength: the file says it'],
    [['upscale', 'a.png', '--scale', '5'], '--scale takes 2|3|4, not "5"'],
    [
      ['upscale', 'a.png', '--model', 'tiny'],
      'tiny is a model of another kind; to use it: npm start -- restore … --chain tiny',
    ],
    [['denoise', 'a.png', '--model', 'upscale-2x'], 'upscale-2x is a model of another kind'],
    [
      ['upscale', 'a.png', '--model', 'upscale-2x', '--scale', '3'],
      'upscale-2x makes pictures 2 times larger, not 3',
    ],
    [['restore', 'a.png', '--chain', 'upscale-2x', '--sigma', '9'], 'the model is not told a noise level'],
    [
      ['denoise', 'a.png', '--output', 'a.gif'],
      '--output a.gif: Relume writes jpeg, png, tiff, webp, avif, not .gif',
    ],
  ])('%j is answered with the mistake', async (args, message) => {
    const { status, stderr } = await place.run(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
