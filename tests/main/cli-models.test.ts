import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './cli/built-cli.ts';
import { blueBlur } from './compute/foreign-models.ts';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.remove());

it('imports a model, shows it, lists it and removes it', async () => {
  await writeFile(join(place.folder, 'net.onnx'), blueBlur('h', 'w'));
  const imported = await place.run(
    'models',
    'import',
    'net.onnx',
    '--name',
    'Blue Blur',
    '--licence',
    'CC0-1.0',
  );
  expect(imported.stdout).toContain('Imported as blue-blur.');
  expect(imported.stdout).toMatch(/takes +NHWC, BGR, 0\.\.255, multiples of 8/);
  const shown = await place.run('models', 'show', 'blue-blur');
  expect(shown.stdout).toMatch(/licence +CC0-1\.0/);
  expect(shown.stdout).toMatch(/source +not stated/);
  expect((await place.run('models', '--json')).stdout).toContain('"id":"blue-blur"');
  expect((await place.run('models')).stdout).toMatch(/^blue-blur +denoise +– +CC0-1\.0$/m);
  expect((await place.run('models', 'remove', 'blue-blur')).status).toBe(0);
  expect((await place.run('models', 'show', 'blue-blur')).status).toBe(2);
});

it('refuses what is no model with the reason', async () => {
  await writeFile(join(place.folder, 'net.onnx'), 'text');
  const { status, stderr } = await place.run('models', 'import', 'net.onnx');
  expect(stderr).toBe('net.onnx is not an ONNX model.\n');
  expect(status).toBe(1);
});

it('exports only under a name that another Relume imports', async () => {
  const { status, stderr } = await place.run('models', 'export', 'tiny', 'tiny.txt');
  expect([status, stderr]).toEqual([2, expect.stringContaining('tiny.txt must end in .onnx')]);
  expect(await readdir(place.folder)).toEqual([]);
});

it('shares a model with its card as one file, which comes in again with all that was said of it', async () => {
  const exported = await place.run('models', 'export', 'upscale-2x', 'shared.onnx');
  expect(exported.stderr).toBe('');
  const again = await place.run('models', 'export', 'upscale-2x', 'shared.onnx');
  expect(again.stderr).toContain('shared.onnx cannot be written: a file has that name.');
  expect(again.status).toBe(1);

  const bundled = JSON.parse((await place.run('models', 'show', 'upscale-2x', '--json')).stdout);
  const { id, name, source, sha256, ...rest } = JSON.parse(
    (await place.run('models', 'import', 'shared.onnx', '--name', 'Mine', '--source', 'a friend', '--json'))
      .stdout,
  );
  expect({ id, name, source }).toEqual({ id: 'mine', name: 'Mine', source: 'a friend' });
  expect(bundled).toMatchObject(rest);
  expect(sha256).not.toBe(bundled.sha256);
});
