import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import { uploadsFolder } from '../../../main/library/paths.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { fakeCompute } from './fake-compute.ts';

let home: TemporaryFolder;
let api: Api;

const start = () => {
  const { host } = fakeCompute();
  return createApi({ shell: 'web', compute: host, training: host });
};
beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  api = start();
});
afterEach(async () => {
  await api.close();
  vi.unstubAllEnvs();
  await home.remove();
});

async function photo(name: string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, '');
  return path;
}
const open = (...paths: string[]) => api.call('pictures.open', { paths });
const recent = () => api.call('pictures.recent', {});

describe('recent files', () => {
  it('are those that were opened and still exist, the latest first, each once, after a restart too', async () => {
    const [a, b, c] = [await photo('a.jpg'), await photo('b.jpg'), await photo('c.jpg')];
    await open(a, b);
    await open(c);
    await open(a);
    expect(await recent()).toEqual([a, c, b]);
    await rm(c);
    await api.close();
    api = start();
    expect(await recent()).toEqual([a, b]);
  });

  it('are not the sample, copies that a browser sent, or files that could not be opened', async () => {
    await api.call('pictures.sample', {});
    await open(join(uploadsFolder(), '1', 'sent.jpg'), await photo('bad.jpg'));
    expect(await recent()).toEqual([]);
  });

  it('are twelve at most, and forgotten when that is asked for', async () => {
    const paths = await Promise.all(Array.from({ length: 15 }, (_, i) => photo(`${i}.jpg`)));
    await open(...paths);
    expect(await recent()).toEqual(paths.slice(3).reverse());
    await api.call('pictures.forgetRecent', {});
    expect(await recent()).toEqual([]);
  });
});

describe('files from outside the window', () => {
  it('wait until a window takes them, once, and are told of when they come later', async () => {
    api.arrive(['/photos/a.jpg']);
    expect(await api.call('app.arrived', {})).toEqual({ paths: ['/photos/a.jpg'] });
    expect(await api.call('app.arrived', {})).toEqual({ paths: [] });
    const told = vi.fn();
    api.on('arrived', told);
    api.arrive([]);
    expect(told).not.toHaveBeenCalled();
    api.arrive(['/photos/b.jpg']);
    expect(told).toHaveBeenCalledOnce();
  });
});
