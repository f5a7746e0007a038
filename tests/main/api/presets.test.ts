import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../main/api/api.ts';
import type { Preset } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { fakeCompute } from './fake-compute.ts';

const night: Preset = {
  name: 'Night',
  options: {
    sigma: 30,
    strength: 80,
    parts: { luminance: 90, colour: 100, detail: 10 },
    model: 'denoise-photo',
    save: { format: 'tiff', quality: 92, stripMetadata: false },
    pattern: '{name}-night',
  },
};

let home: TemporaryFolder;
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home.remove();
});

async function ask(name: string, input: object): Promise<unknown> {
  const { host } = fakeCompute();
  const api = createApi({ shell: 'web', compute: host, training: host });
  const answer = await api.call(name, input);
  await api.close();
  return answer;
}

it('there are none in the beginning', async () => {
  expect(await ask('presets.list', {})).toEqual([]);
});

it('presets are kept from one start to the next, in a file that a person can read', async () => {
  await ask('presets.set', { presets: [night] });
  expect(await ask('presets.list', {})).toEqual([night]);
  expect(await readFile(join(home.path, 'presets.json'), 'utf8')).toContain('"name": "Night"');
});

it('a preset that is none is refused, and a damaged file is set aside', async () => {
  await expect(ask('presets.set', { presets: [{ ...night, name: ' ' }] })).rejects.toMatchObject({
    code: 'bad-request',
  });
  await writeFile(join(home.path, 'presets.json'), '{');
  expect(await ask('presets.list', {})).toEqual([]);
  expect(await readFile(join(home.path, 'presets.json.unreadable'), 'utf8')).toBe('{');
});
