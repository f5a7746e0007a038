import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findModel, readModels, verifyModel } from '../../../main/library/models.ts';
import type { ModelCard } from '../../../preload/contract.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

let bundled: TemporaryFolder;
let own: TemporaryFolder;
const folders = () => [bundled.path, own.path];

beforeEach(async () => {
  [bundled, own] = await Promise.all([temporaryFolder(), temporaryFolder()]);
});
afterEach(() => Promise.all([bundled.remove(), own.remove()]));

const bytes = 'not really a network';
const card = (id: string): ModelCard => ({
  id,
  name: 'Denoise',
  task: 'denoise',
  scale: 1,
  summary: 'Removes noise.',
  licence: 'MIT',
  data: 'None.',
  sigmaMax: 75,
  steps: 1,
  pixels: 1,
  parameters: 1,
  kMacPerPixel: 1,
  scores: [],
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

async function addModel(folder: string, id: string, content: unknown = card(id)): Promise<void> {
  await mkdir(join(folder, id));
  await writeFile(
    join(folder, id, 'card.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  await writeFile(join(folder, id, 'model.onnx'), bytes);
}

test('lists bundled models first, then the person’s own', async () => {
  await addModel(own.path, 'a-own');
  await addModel(bundled.path, 'denoise');
  const { models, refused } = await readModels(folders());
  expect(models.map(({ id }) => id)).toEqual(['denoise', 'a-own']);
  expect(refused).toEqual([]);
});

test('a bad card is set aside with its reason and the rest is listed', async () => {
  await addModel(bundled.path, 'denoise');
  await addModel(own.path, 'broken', '{ "id": ');
  await addModel(own.path, 'incomplete', { ...card('incomplete'), steps: 'many' });
  await addModel(own.path, 'renamed', card('other'));
  await addModel(own.path, 'denoise');
  await mkdir(join(own.path, 'empty'));
  const { models, refused } = await readModels(folders());
  expect(models.map(({ path }) => path)).toEqual([join(bundled.path, 'denoise', 'model.onnx')]);
  expect(refused.map(({ path, reason }) => [path.slice(own.path.length + 1), reason])).toEqual([
    ['broken', expect.stringContaining('is not a model card')],
    ['denoise', expect.stringContaining('already')],
    ['empty', expect.stringContaining('cannot be read')],
    ['incomplete', expect.stringContaining('steps')],
    ['renamed', expect.stringContaining('"other"')],
  ]);
});

test('folders that do not exist hold no models', async () => {
  expect(await readModels([join(own.path, 'nowhere')])).toEqual({ models: [], refused: [] });
});

test('finds a model by its id', async () => {
  await addModel(bundled.path, 'denoise');
  expect(await findModel('denoise', folders())).toMatchObject({
    card: { id: 'denoise' },
    path: join(bundled.path, 'denoise', 'model.onnx'),
  });
});

test('finds an .onnx file by its path', async () => {
  const path = join(own.path, 'mine.onnx');
  await writeFile(path, bytes);
  expect(await findModel(path, folders())).toEqual({ id: 'mine.onnx', path });
});

test('a model that is not there is refused, with those that are', async () => {
  await addModel(bundled.path, 'denoise');
  await expect(findModel('denois', folders())).rejects.toThrow(
    'There is no model "denois"; there are: denoise.',
  );
  await expect(findModel(join(own.path, 'x.onnx'), folders())).rejects.toMatchObject({
    code: 'no-such-model',
  });
});

test('a model that was set aside is refused with that reason', async () => {
  await addModel(own.path, 'broken', '{');
  await expect(findModel('broken', folders())).rejects.toThrow('is not a model card');
});

test('a file that is not the one its card describes is refused', async () => {
  await addModel(bundled.path, 'denoise');
  const model = await findModel('denoise', folders());
  await expect(verifyModel(model)).resolves.toBeUndefined();
  await writeFile(model.path, 'cut off');
  await expect(verifyModel(model)).rejects.toMatchObject({ code: 'model-damaged' });
});

test('leaves generators, which have two networks, to those who draw with them', async () => {
  await addModel(own.path, 'vae', { task: 'generate' });
  await writeFile(join(own.path, 'vae/decoder.onnx'), bytes);
  expect(await readModels(folders())).toEqual({ models: [], refused: [] });
});
