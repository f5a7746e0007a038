import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  installTensorFlow,
  refuseElsewhere,
  removeTensorFlow,
} from '../../../../main/engine/tensorflow/setup.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';

let home: TemporaryFolder;
let folder: string;
beforeEach(async () => {
  home = await temporaryFolder();
  folder = join(home.path, 'engines', 'tensorflow');
});
afterEach(() => home.remove());

const name = '@tensorflow/tfjs-node';
const module = () => join(folder, 'node_modules', name);

/** What npm was asked, and what it would have done; the status of each call in turn. */
function standInNpm(...statuses: number[]) {
  const asked: (readonly string[])[] = [];
  const npm = async (args: readonly string[], where: string) => {
    asked.push(args);
    if (args[0] === 'install') await mkdir(join(where, 'node_modules', name), { recursive: true });
    return statuses.shift() ?? 0;
  };
  return { npm, asked };
}

it('installs without scripts, then allows those of the one package', async () => {
  const { npm, asked } = standInNpm();
  await installTensorFlow({ folder, name, npm });
  expect(existsSync(module())).toBe(true);
  expect(asked).toEqual([
    expect.arrayContaining(['install', '--ignore-scripts', '--save-exact', `${name}@4.22.0`]),
    expect.arrayContaining(['rebuild', '--ignore-scripts=false', name]),
  ]);
});

describe.each([
  ['the package cannot be fetched', [1], 'registry.npmjs.org'],
  ['its library cannot be fetched', [0, 7], 'storage.googleapis.com'],
])('when %s', (_, statuses, site) => {
  const install = () => installTensorFlow({ folder, name, npm: standInNpm(...statuses).npm });

  it('says where it comes from and leaves nothing behind', async () => {
    await expect(install()).rejects.toMatchObject({
      code: 'setup-failed',
      message: expect.stringMatching(new RegExp(`${site}.* Nothing was changed`)),
    });
    expect(await readdir(join(home.path, 'engines'))).toEqual([]);
  });

  it('keeps what was installed before', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'kept'), '');
    await expect(install()).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['kept']);
    expect(await readdir(join(home.path, 'engines'))).toEqual(['tensorflow']);
  });
});

it('refuses the package for cards where it has no library for them', () => {
  expect(() => refuseElsewhere('@tensorflow/tfjs-node-gpu', 'darwin', 'arm64')).toThrow(
    'not on darwin arm64',
  );
  expect(() => refuseElsewhere('@tensorflow/tfjs-node-gpu', 'linux', 'x64')).not.toThrow();
  expect(() => refuseElsewhere('@tensorflow/tfjs-node', 'darwin', 'arm64')).not.toThrow();
});

it('removes it, and knows when there is nothing', async () => {
  await installTensorFlow({ folder, name, npm: standInNpm().npm });
  expect(await removeTensorFlow(folder)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  expect(await removeTensorFlow(folder)).toBe(false);
});
