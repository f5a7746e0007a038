import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import { samplePath } from '../../../main/library/paths.ts';
import { type Job, type Picture, pixelsPath, requests } from '../../../preload/contract.ts';
import { eventually } from '../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { facts, fakeCompute, processor } from './fake-compute.ts';

let home: TemporaryFolder;
let api: Api;
let calls: ReturnType<typeof fakeCompute>['calls'];
let jobs: Job[];

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  const compute = fakeCompute();
  calls = compute.calls;
  api = createApi({ shell: 'web', compute: compute.host, training: compute.host });
  jobs = [];
  api.on('job', (job) => jobs.push(job));
});
afterEach(async () => {
  await api.close();
  vi.unstubAllEnvs();
  await home.remove();
});

const open = async (...paths: string[]) =>
  requests['pictures.open'].output.parse(await api.call('pictures.open', { paths }));
const openOne = async (path: string): Promise<Picture> => {
  const [picture] = (await open(path)).pictures;
  if (!picture) throw new Error(`${path} was not opened`);
  return picture;
};
const denoise = (picture: string) => ({
  picture,
  chain: [{ model: 'denoise', sigma: 12 }],
  device: 'auto',
});
const saving = { strength: 80, format: 'keep', quality: 92, stripMetadata: false };
const ended = (state: Job['state']) => eventually(() => jobs.find((job) => job.state === state));

describe('what is not in the contract', () => {
  test.each(['restore.delete', 'toString', '__proto__', ''])('the request "%s" is refused', async (name) => {
    await expect(api.call(name, {})).rejects.toMatchObject({ code: 'bad-request' });
  });

  test.each([
    ['pictures.open', {}],
    ['pictures.open', { paths: [1] }],
    ['pictures.open', undefined],
    ['restore.preview', { ...denoise('x'), chain: [{ model: 'denoise', sigma: 76 }] }],
    ['restore.preview', { ...denoise('x'), device: 'quantum' }],
    ['restore.save', { ...denoise('x'), ...saving, quality: 0 }],
    ['jobs.cancel', 'all'],
  ])('%s with a bad payload is refused', async (name, input) => {
    await expect(api.call(name, input)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(name),
    });
  });

  test('a payload is refused with the field at fault', async () => {
    await expect(api.call('pictures.open', { paths: 'photo.jpg' })).rejects.toThrow('paths');
  });
});

test('app.info tells the version and the shell', async () => {
  expect(await api.call('app.info', {})).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    shell: 'web',
  });
});

test('devices.list comes from the compute process', async () => {
  expect(await api.call('devices.list', {})).toEqual([processor]);
});

describe('opening', () => {
  test('tells the facts of a picture under a random id', async () => {
    const first = await openOne('/photos/a.jpg');
    const second = await openOne('/photos/a.jpg');
    expect(first).toEqual({ id: first.id, path: '/photos/a.jpg', name: 'a.jpg', ...facts });
    expect(second.id).not.toBe(first.id);
  });

  test('one bad file never stops the rest, and its reason is told', async () => {
    const { pictures, refused } = await open('/a.jpg', '/bad.jpg', '/b.jpg');
    expect(pictures.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
    expect(refused).toEqual([{ path: '/bad.jpg', reason: 'It is cut off.' }]);
  });

  test('takes the pictures directly inside a folder, in the order of their names', async () => {
    const folder = join(home.path, 'photos');
    await mkdir(join(folder, 'deeper.jpg'), { recursive: true });
    for (const name of ['10.JPG', '9.jpg', 'notes.txt', '.thumbnail.jpg', 'scan.tiff']) {
      await writeFile(join(folder, name), '');
    }
    const { pictures } = await open(folder);
    expect(pictures.map(({ name }) => name)).toEqual(['9.jpg', '10.JPG', 'scan.tiff']);
  });

  test('a folder without pictures is refused with its name', async () => {
    const { refused } = await open(home.path);
    expect(refused).toEqual([{ path: home.path, reason: `There are no pictures directly in ${home.path}.` }]);
  });

  test('the sample is the bundled one', async () => {
    await api.call('pictures.sample', {});
    expect(calls).toEqual([{ method: 'open', params: { path: samplePath } }]);
  });
});

describe('closing', () => {
  test('forgets the picture', async () => {
    const { id } = await openOne('/a.jpg');
    await api.call('pictures.close', { picture: id });
    expect(calls.at(-1)).toEqual({ method: 'close', params: { path: '/a.jpg' } });
    await expect(api.call('restore.preview', denoise(id))).rejects.toMatchObject({ code: 'no-such-picture' });
  });

  test('keeps the pixels of a file that is open a second time', async () => {
    const first = await openOne('/a.jpg');
    await openOne('/a.jpg');
    await api.call('pictures.close', { picture: first.id });
    expect(calls.map(({ method }) => method)).not.toContain('close');
  });

  test('stops its preview', async () => {
    const { id } = await openOne('/a.jpg');
    await api.call('restore.preview', denoise(id));
    await ended('running');
    await api.call('pictures.close', { picture: id });
    expect(await ended('cancelled')).toMatchObject({ picture: id });
  });
});

describe('restoring', () => {
  test('a preview is shown under the id of its job', async () => {
    const { id } = await openOne('/a.jpg');
    const answer = requests['restore.preview'].output.parse(await api.call('restore.preview', denoise(id)));
    await ended('running');
    const { picture: _, ...options } = denoise(id);
    expect(calls.at(-1)).toEqual({
      method: 'preview',
      params: { ...options, path: '/a.jpg', layer: answer.job },
    });
    await eventually(() => jobs.some(({ progress }) => progress === 0.5));
    await api.call('jobs.cancel', answer);
    expect(await ended('cancelled')).toMatchObject({ id: answer.job });
  });

  test('a save goes beside its source and tells the file', async () => {
    const { id } = await openOne('/a.jpg');
    await api.call('restore.save', { ...denoise(id), ...saving });
    expect(await ended('done')).toMatchObject({ kind: 'save', output: '/a.jpg-denoised', device: 'CPU' });
    expect(calls.at(-1)?.params).not.toHaveProperty('folder');
    expect(api.isOutput('/a.jpg-denoised')).toBe(true);
    expect(api.isOutput('/a.jpg')).toBe(false);
  });

  test.each([
    ['the sample', () => samplePath],
    ['an upload', () => join(home.path, 'uploads', 'x', 'a.jpg')],
  ])('the result of %s goes to the folder for results', async (_, path) => {
    const { id } = await openOne(path());
    await api.call('restore.save', { ...denoise(id), ...saving });
    await ended('done');
    expect(calls.at(-1)?.params).toMatchObject({ folder: join(home.path, 'results') });
  });

  test('jobs.list holds every job of this run', async () => {
    const { id } = await openOne('/a.jpg');
    await api.call('restore.save', { ...denoise(id), ...saving });
    await ended('done');
    expect(await api.call('jobs.list', {})).toEqual({ paused: false, jobs: [jobs.at(-1)] });
  });
});

describe('saves', () => {
  const restart = () => {
    const compute = fakeCompute();
    calls = compute.calls;
    api = createApi({ shell: 'web', compute: compute.host, training: compute.host });
    jobs = [];
    api.on('job', (job) => jobs.push(job));
  };
  const saveOf = async (path: string) => {
    const { id } = await openOne(path);
    return requests['restore.save'].output.parse(
      await api.call('restore.save', { ...denoise(id), ...saving }),
    );
  };

  test('that were not begun are gone on with after a restart, as they were asked for, and done ones are only told of', async () => {
    await saveOf('/done.jpg');
    await ended('done');
    await api.call('jobs.pause', { paused: true });
    await saveOf('/a.jpg');
    await saveOf('/b.jpg');
    await api.close();
    restart();
    await eventually(() => jobs.length === 3);
    expect(await api.call('jobs.list', {})).toMatchObject({
      paused: true,
      jobs: [
        { file: '/done.jpg', state: 'done', output: '/done.jpg-denoised' },
        { file: '/a.jpg', state: 'queued' },
        { file: '/b.jpg', state: 'queued' },
      ],
    });
    await api.call('jobs.pause', { paused: false });
    await eventually(() => jobs.filter(({ state }) => state === 'done').length === 3);
    const { picture: _, ...options } = denoise('');
    expect(calls.map(({ params }) => params)).toEqual([
      { ...options, ...saving, path: '/a.jpg' },
      { ...options, ...saving, path: '/b.jpg' },
    ]);
    await api.close();
    restart();
    expect(await api.call('jobs.list', {})).toMatchObject({ jobs: [] });
  });

  test('of copies that a browser had sent are gone on with where the copies are still there', async () => {
    const there = join(home.path, 'uploads', 'y', 'c.jpg');
    await mkdir(dirname(there), { recursive: true });
    await writeFile(there, '');
    await api.call('jobs.pause', { paused: true });
    await saveOf(join(home.path, 'uploads', 'x', 'a.jpg'));
    await saveOf('/b.jpg');
    await saveOf(there);
    await api.close();
    restart();
    await eventually(() => jobs.length > 1);
    expect(jobs.map(({ file }) => file)).toEqual(['/b.jpg', there]);
  });

  test('a journal that cannot be understood is set aside, and nothing is lost of the new one', async () => {
    await mkdir(join(home.path, 'jobs'), { recursive: true });
    await writeFile(join(home.path, 'jobs', 'queue.json'), 'cut off');
    restart();
    await saveOf('/a.jpg');
    await ended('done');
    expect(await readFile(join(home.path, 'jobs', 'queue.json.unreadable'), 'utf8')).toBe('cut off');
  });

  test('are reported as text and as JSON, which the window may hand out', async () => {
    await saveOf('/a.jpg');
    await ended('done');
    const { path } = requests['jobs.report'].output.parse(await api.call('jobs.report', {}));
    expect(await readFile(path, 'utf8')).toBe('1 saved, 0 failed, 0 cancelled\n/a.jpg: /a.jpg-denoised\n');
    expect(api.isOutput(path)).toBe(true);
    const rows: unknown = JSON.parse(await readFile(path.replace(/txt$/, 'json'), 'utf8'));
    expect(rows).toMatchObject([{ file: '/a.jpg', state: 'done', output: '/a.jpg-denoised' }]);
    await api.call('jobs.clear', {});
    expect(await api.call('jobs.list', {})).toMatchObject({ jobs: [] });
  });
});

describe('pixels', () => {
  test('a tile is read by its path', async () => {
    const { id } = await openOne('/a.jpg');
    expect([...(await api.pixels(pixelsPath(id, 'source', 2, 3, 4)))]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(calls.at(-1)?.params).toEqual({ path: '/a.jpg', layer: 'source', level: 2, x: 3, y: 4 });
  });

  test.each([
    '/pixels',
    '/pixels/a/source/0/0',
    '/pixels/a/source/0/0/-1',
    '/pixels/a/../0/0/0',
    '/pixels/a/source/0/0/0x1',
  ])('%s is not the path of a tile', async (path) => {
    await expect(api.pixels(path)).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('a picture that is not open has none', async () => {
    await expect(api.pixels(pixelsPath('unknown', 'source', 0, 0, 0))).rejects.toMatchObject({
      code: 'no-such-picture',
    });
  });
});

describe('settings', () => {
  test('are remembered, one by one, and told of', async () => {
    const told = vi.fn();
    api.on('settings', told);
    const defaults = { device: 'auto', threads: 0, stayResponsive: true };
    expect(await api.call('settings.get', {})).toEqual(defaults);
    await api.call('settings.set', { device: 'webgpu' });
    await api.call('settings.set', { threads: 4 });
    const changed = { ...defaults, device: 'webgpu', threads: 4 };
    expect(await api.call('settings.get', {})).toEqual(changed);
    expect(told).toHaveBeenLastCalledWith(changed);
  });

  test('that make no sense are refused', async () => {
    await expect(api.call('settings.set', { threads: -1 })).rejects.toMatchObject({ code: 'bad-request' });
  });
});

test('devices that are measured anew are told of', async () => {
  const told = vi.fn();
  api.on('devices', told);
  expect(await api.call('devices.measure', {})).toEqual([processor]);
  expect(told).toHaveBeenCalledExactlyOnceWith([processor]);
});
