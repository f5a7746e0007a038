import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Api, createApi } from '../../../main/api/api.ts';
import { generatorRunSchema } from '../../../main/generate/run.ts';
import type { GeneratorRequest } from '../../../main/generate/train.ts';
import type { Examined } from '../../../main/train/dataset/scan.ts';
import { RunFiles } from '../../../main/train/run-files.ts';
import { type Collection, recipeDefaults, requests } from '../../../preload/contract.ts';
import { hostOf } from '../compute/in-process.ts';
import { eventually } from '../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let home: TemporaryFolder;
let api: Api;
let asked: GeneratorRequest[];
let collections: Collection[];

const paths = Array.from({ length: 40 }, (_, index) =>
  join('/photos/cats', index % 2 === 0 ? 'black' : 'white', `${index}.jpg`),
);

/** Small grey pictures, one of them damaged; all look nearly the same. */
function examined(index: number): Examined {
  if (index === 39) return { width: 0, height: 0, findings: [{ kind: 'unreadable', reason: 'Cut off.' }] };
  const findings = [
    { kind: 'too-small', reason: '30 × 28 pixels.' },
    { kind: 'grey', reason: 'Has no colour.' },
  ] as const;
  return { width: 30, height: 28, findings };
}

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  asked = [];
  collections = [];
  const host = hostOf({
    scan: async (_, { progress }) => {
      progress({ kind: 'found', paths });
      progress({ kind: 'examined', pictures: paths.map((_, index) => examined(index)) });
      return { groups: paths.map(() => 0) };
    },
    trainGenerator: async (request) => {
      asked.push(request);
      return { model: request.name, steps: 1, refused: [] };
    },
  });
  api = createApi({ shell: 'web', compute: host, training: host });
  api.on('collection', (collection) => collections.push(collection));
});
afterEach(async () => {
  await api.close();
  vi.unstubAllEnvs();
  await home.remove();
});

const { classes: _, ...recipe } = { ...recipeDefaults, kind: 'vae', classes: [] };
const wanted = { fit: 'centre', recipe, length: { minutes: 5 }, device: 'auto' };

async function scanned(): Promise<string> {
  const opened = await api.call('collections.open', { paths: ['/photos/cats'], purpose: 'generate' });
  const { id } = requests['collections.open'].output.parse(opened);
  await eventually(() => collections.find(({ state }) => state === 'done'));
  return id;
}

it('takes small pictures to generate, says what is enough for that, and suggests what suits them', async () => {
  const collection = await scanned();
  const last = collections.at(-1);
  expect(last).toMatchObject({ found: 40, usable: 39 });
  expect(last?.findings.map(({ kind }) => kind)).toEqual(['unreadable', 'grey']);
  expect(last?.advice).toContain('learns them by heart');
  expect(await api.call('generatorRuns.suggest', { collection })).toEqual({
    pictures: 39,
    size: 28,
    channels: 1,
    latent: 8,
    classes: ['black', 'white'],
  });
});

it('trains on what is usable, holds some out though all look alike, and names the run', async () => {
  const collection = await scanned();
  expect(await api.call('generatorRuns.start', { pictures: { collection }, ...wanted })).toEqual({
    run: 'vae-cats',
  });
  expect(asked[0]).toMatchObject({
    name: 'vae-cats',
    run: join(home.path, 'runs', 'vae-cats'),
    source: { kind: 'folder', folder: '/photos/cats', fit: 'centre' },
    minutes: 5,
    resume: false,
  });
  const { training = [], heldOut = [] } = asked[0]?.pictures ?? {};
  expect([...training, ...heldOut].sort()).toEqual(paths.slice(0, 39).sort());
  expect(heldOut.length).toBeGreaterThan(0);
});

it('trains on the digits without a collection', async () => {
  expect(await api.call('generatorRuns.suggest', { digits: true })).toMatchObject({ size: 28, latent: 2 });
  await api.call('generatorRuns.start', { pictures: { digits: true }, ...wanted, name: 'mine' });
  expect(asked[0]).toMatchObject({ name: 'mine', source: { kind: 'digits' } });
  expect(asked[0]?.pictures).toBeUndefined();
});

it('refuses a name that a run or a model has', async () => {
  const start = (name: string) =>
    api.call('generatorRuns.start', { pictures: { digits: true }, ...wanted, name });
  await expect(start('digits')).rejects.toThrow('There is a run or a model named digits already');
  expect(asked).toEqual([]);
});

it('deletes a run, and keeps its model', async () => {
  const [run, model] = [join(home.path, 'runs', 'mine'), join(home.path, 'models', 'mine')];
  await new RunFiles(run, generatorRunSchema).writeRun({
    kind: 'generate',
    name: 'mine',
    source: { kind: 'digits' },
    recipe: { ...recipeDefaults, kind: 'vae', classes: [] },
    learningRate: 0.001,
    checkpointSeconds: 60,
    evaluationSteps: 500,
  });
  await mkdir(model, { recursive: true });
  await writeFile(join(model, 'card.json'), '{}');
  expect(await api.call('generatorRuns.list', {})).toMatchObject([{ id: 'mine', published: true }]);
  await api.call('generatorRuns.delete', { run: 'mine' });
  expect(await api.call('generatorRuns.list', {})).toEqual([]);
  expect([existsSync(run), existsSync(model)]).toEqual([false, true]);
  await expect(api.call('generatorRuns.delete', { run: 'mine' })).rejects.toThrow('There is no run mine');
});
