import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answer, type GenerateAnswer } from '../../../main/generate/answers.ts';
import { openGenerator } from '../../../main/generate/generator-files.ts';
import { listGenerators } from '../../../main/generate/generator-shelf.ts';
import { generateDefaults } from '../../../main/generate/request.ts';
import {
  type GeneratorProgress,
  type GeneratorRequest,
  trainGenerator,
} from '../../../main/generate/train.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { shapesRequest } from './shape-files.ts';

let place: TemporaryFolder;
let request: GeneratorRequest;
const never = new AbortController().signal;

beforeEach(async () => {
  place = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', place.path);
  request = await shapesRequest(place.path, 'tiny');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

const parametersOf = async (name: string) => readFile(join(place.path, 'models', name, 'decoder.onnx'));

it('trains on a folder, sets damaged files aside, and publishes a model that can be asked', async () => {
  const reports: GeneratorProgress[] = [];
  const { model, refused } = await trainGenerator(request, never, (report) => reports.push(report));
  expect(model).toBe('tiny');
  expect(refused.map(({ path }) => path)).toEqual([join(place.path, 'pictures/low/broken.png')]);
  const last = reports.at(-1);
  expect(last).toMatchObject({ kind: 'step', heldOut: { kl: expect.any(Number) } });
  const samples = await sharp(join(request.run, 'previews/0-samples.png')).metadata();
  expect([samples.width, samples.height]).toEqual([8 * 28, 2 * 28]);

  const { cards } = await listGenerators([join(place.path, 'models')]);
  expect(cards.map(({ id, task }) => [id, task])).toEqual([['tiny', 'generate']]);
  const generator = await openGenerator('tiny', [join(place.path, 'models')]);
  expect(generator.training.codes.rows).toBe(cards[0]?.pictures);
  const ask = (output: string, count: number) => {
    const { seed, temperature } = generateDefaults;
    const asked = {
      kind: 'sample',
      model,
      output: join(place.path, output),
      count,
      seed,
      temperature,
    } as const;
    return answer(generator, asked, never);
  };
  const [few, many] = [await ask('few', 2), await ask('many', 5)];
  const bytes = (given: GenerateAnswer, index: number) =>
    readFile('files' in given ? (given.files[index] ?? '') : '');
  // Same seed, same pictures, bit for bit, however many there are.
  for (const index of [0, 1]) expect((await bytes(few, index)).equals(await bytes(many, index))).toBe(true);
  expect(many).toMatchObject({ kind: 'sample', novelty: expect.objectContaining({ length: 5 }) });
  await generator.dispose();
});

it('gives the very model of an undisturbed run when it was stopped and gone on with', async () => {
  await trainGenerator({ ...request, name: 'whole', run: join(place.path, 'runs/whole') }, never, () => {});
  const stop = new AbortController();
  const half = trainGenerator(request, stop.signal, (report) => {
    if (report.kind === 'step' && report.step === 3) stop.abort();
  });
  await expect(half).rejects.toThrow();
  expect(existsSync(join(place.path, 'models/tiny'))).toBe(false);
  await trainGenerator({ ...request, resume: true }, never, () => {});
  expect((await parametersOf('tiny')).equals(await parametersOf('whole'))).toBe(true);
  const steps = (await readFile(join(request.run, 'log.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).step);
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
  await expect(trainGenerator(request, never, () => {})).rejects.toThrow('There is a run named tiny already');
});

it('takes the names of folders for classes, and says so when there are none', async () => {
  const recipe = { ...request.recipe, kind: 'cvae', network: 'convolutional' } as const;
  await trainGenerator({ ...request, recipe: { ...recipe, epochs: 1 } }, never, () => {});
  const generator = await openGenerator('tiny', [join(place.path, 'models')]);
  expect(generator.card.recipe.classes).toEqual(['high', 'low']);
  expect(() => generator.labelOf('middle')).toThrow('knows no class "middle"; there are: high, low');
  await generator.dispose();
  const folder = join(place.path, 'pictures/high');
  const unsorted = { ...request, name: 'other', run: join(place.path, 'runs/other'), recipe };
  await expect(
    trainGenerator({ ...unsorted, source: { kind: 'folder', folder, fit: 'centre' } }, never, () => {}),
  ).rejects.toThrow('Without classes there is nothing to choose from');
});

it('refuses what contradicts itself before anything is read', async () => {
  const recipe = { ...request.recipe, network: 'lesson-convolutional' } as const;
  await expect(trainGenerator({ ...request, recipe }, never, () => {})).rejects.toThrow(
    'The network lesson-convolutional encodes to 128 numbers',
  );
  expect(existsSync(request.run)).toBe(false);
});

it('refuses a model whose file is not the one that its card describes', async () => {
  await trainGenerator({ ...request, recipe: { ...request.recipe, epochs: 1 } }, never, () => {});
  await writeFile(join(place.path, 'models/tiny/decoder.onnx'), 'something else');
  await expect(openGenerator('tiny', [join(place.path, 'models')])).rejects.toThrow(
    'The model "tiny" is damaged',
  );
  await expect(openGenerator('none', [join(place.path, 'models')])).rejects.toThrow(
    'There is no generator "none"; there are: tiny.',
  );
});
