import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import { forkNode } from '../../../main/compute/fork-node.ts';
import { ComputeHost } from '../../../main/compute/host.ts';
import { type Job, requests } from '../../../preload/contract.ts';
import { type BuiltEntry, buildEntry } from '../compute/build-entry.ts';
import { eventually } from '../eventually.ts';

let entry: BuiltEntry;
let host: ComputeHost;
let api: Api;
let jobs: Job[];

beforeEach(async () => {
  entry = await buildEntry(new URL('../compute/tiny-process.ts', import.meta.url));
  host = new ComputeHost(forkNode(entry.path));
  api = createApi({ shell: 'web', compute: host, training: host });
  jobs = [];
  api.on('job', (job) => jobs.push(job));
});
afterEach(async () => {
  host.stop();
  await entry.remove();
});

async function save(path: string, device: string): Promise<void> {
  const opened = requests['pictures.open'].output.parse(await api.call('pictures.open', { paths: [path] }));
  const options = { strength: 100, format: 'keep', quality: 92, stripMetadata: false };
  const picture = opened.pictures[0]?.id;
  await api.call('restore.save', { picture, chain: [{ model: 'm', sigma: 25 }], device, ...options });
}

const last = (state: Job['state']) => eventually(() => jobs.find((job) => job.state === state));

test('a process killed in the middle of a job: the job is done again on the CPU and says so', async () => {
  await save('crash unless on the CPU', 'webgpu');
  expect(await last('done')).toMatchObject({
    device: 'cpu',
    note: expect.stringMatching(/^The compute process stopped: .* It was done again on the CPU\.$/),
  });
});

test('a running job is cancelled and the process lives on', async () => {
  await save('endless', 'cpu');
  const { id } = await last('running');
  await api.call('jobs.cancel', { job: id });
  expect(await last('cancelled')).toMatchObject({ id });
  await save('another', 'cpu');
  expect(await last('done')).toMatchObject({ output: 'another' });
});
