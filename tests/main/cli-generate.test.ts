import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { framePng } from '../../main/image/frames.ts';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';
import { shapes } from './generate/shapes.ts';
import { writeTinyGenerator } from './generate/tiny-generator.ts';

let place: Workplace;
let pictures: string[];

beforeAll(async () => {
  place = await openWorkplace();
  vi.stubEnv('RELUME_HOME', place.home);
  await writeTinyGenerator('squares', { latent: 4 });
  vi.unstubAllEnvs();
  const set = shapes(3, 5);
  pictures = [0, 1, 2].map((index) => join(place.folder, `${index}.png`));
  for (const [index, path] of pictures.entries()) await sharp(await framePng(set, index)).toFile(path);
});
afterAll(() => place.remove());

const generate = (kind: string, ...args: string[]) =>
  place.run('generate', kind, ...args, '--model', 'squares', '--output', place.folder);

it('changes pictures by a direction between classes, and says what the direction is worth', async () => {
  const { status, stdout } = await generate('arithmetic', ...pictures, '--towards', 'high', '--from', 'low');
  expect(status).toBe(0);
  const [file = '', told] = stdout.trim().split('\n');
  expect(told).toMatch(/^From \d+ pictures to \d+; the direction tells them apart in \d+\.\d % of cases/);
  expect(await sharp(file).metadata()).toMatchObject({ width: 5 * 28, height: 3 * 28 });
});

it('refuses a class that is not there, and an amount that is too large', async () => {
  const unknown = await generate('arithmetic', '--towards', 'middle');
  expect(unknown.status).not.toBe(0);
  expect(unknown.stderr).toContain(
    'neither a folder nor a class of the collection; its classes are: high, low.',
  );
  const far = await generate('arithmetic', '--towards', 'high', '--amount', '9');
  expect(far.stderr).toContain('--amount takes -4..4, not "9"');
});

it('lays a grid through three pictures, no fewer', async () => {
  const [a = '', b = '', c = ''] = pictures;
  const { status, stdout } = await generate('grid', '--columns', '4', '--through', a, b, c);
  expect(status).toBe(0);
  expect(await sharp(stdout.trim()).metadata()).toMatchObject({ width: 4 * 28, height: 4 * 28 });
  expect((await generate('grid', '--through', a, b)).stderr).toContain('--through takes three pictures');
});
