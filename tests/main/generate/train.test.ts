import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { answer, type GenerateAnswer } from '../../../main/generate/answers.ts';
import { openGenerator } from '../../../main/generate/generator-files.ts';
import { listGenerators } from '../../../main/generate/generator-shelf.ts';
import { generateDefaults } from '../../../main/generate/request.ts';
import { type GeneratorProgress, trainGenerator } from '../../../main/generate/train.ts';
import { shapesSuite } from './shape-files.ts';

const suite = shapesSuite();
const never = new AbortController().signal;

const parametersOf = async (name: string) => readFile(join(suite.home, 'models', name, 'decoder.onnx'));

it('trains on a folder, sets damaged files aside, and publishes a model that can be asked', async () => {
  const reports: GeneratorProgress[] = [];
  const { model, refused } = await trainGenerator(suite.request, never, (report) => reports.push(report));
  expect(model).toBe('tiny');
  expect(refused.map(({ path }) => path)).toEqual([join(suite.home, 'pictures/low/broken.png')]);
  const last = reports.at(-1);
  expect(last).toMatchObject({ kind: 'step', heldOut: { kl: expect.any(Number) } });
  const samples = await sharp(join(suite.request.run, 'previews/0-samples.png')).metadata();
  expect([samples.width, samples.height]).toEqual([8 * 28, 2 * 28]);

  const { cards } = await listGenerators([join(suite.home, 'models')]);
  expect(cards.map(({ id, task }) => [id, task])).toEqual([['tiny', 'generate']]);
  const generator = await openGenerator('tiny', [join(suite.home, 'models')]);
  expect(generator.training.codes.rows).toBe(cards[0]?.pictures);
  const ask = (output: string, count: number) => {
    const { seed, temperature } = generateDefaults;
    const asked = {
      kind: 'sample',
      model,
      output: join(suite.home, output),
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
  await trainGenerator(
    { ...suite.request, name: 'whole', run: join(suite.home, 'runs/whole') },
    never,
    () => {},
  );
  const stop = new AbortController();
  const half = trainGenerator(suite.request, stop.signal, (report) => {
    if (report.kind === 'step' && report.step === 3) stop.abort();
  });
  await expect(half).rejects.toThrow();
  const squares = join(suite.request.run, 'squares.bin');
  expect(existsSync(squares)).toBe(true);
  expect(existsSync(join(suite.home, 'models/tiny'))).toBe(false);
  await trainGenerator({ ...suite.request, resume: true }, never, () => {});
  expect(existsSync(squares)).toBe(false);
  expect((await parametersOf('tiny')).equals(await parametersOf('whole'))).toBe(true);
  const steps = (await readFile(join(suite.request.run, 'log.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).step);
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
  await expect(trainGenerator(suite.request, never, () => {})).rejects.toThrow(
    'There is a run named tiny already',
  );
});

it('takes the names of folders for classes, and says so when there are none', async () => {
  const recipe = { ...suite.request.recipe, kind: 'cvae', network: 'convolutional' } as const;
  await trainGenerator({ ...suite.request, recipe: { ...recipe, epochs: 1 } }, never, () => {});
  const generator = await openGenerator('tiny', [join(suite.home, 'models')]);
  expect(generator.card.recipe.classes).toEqual(['high', 'low']);
  expect(() => generator.labelOf('middle')).toThrow('knows no class "middle"; there are: high, low');
  await generator.dispose();
  const folder = join(suite.home, 'pictures/high');
  const unsorted = { ...suite.request, name: 'other', run: join(suite.home, 'runs/other'), recipe };
  await expect(
    trainGenerator({ ...unsorted, source: { kind: 'folder', folder, fit: 'centre' } }, never, () => {}),
  ).rejects.toThrow('Without classes there is nothing to choose from');
});

it('refuses what contradicts itself before anything is read', async () => {
  const recipe = { ...suite.request.recipe, network: 'lesson-convolutional' } as const;
  await expect(trainGenerator({ ...suite.request, recipe }, never, () => {})).rejects.toThrow(
    'The network lesson-convolutional encodes to 128 numbers',
  );
  expect(existsSync(suite.request.run)).toBe(false);
});

it('refuses a model whose file is not the one that its card describes', async () => {
  await trainGenerator({ ...suite.request, recipe: { ...suite.request.recipe, epochs: 1 } }, never, () => {});
  await writeFile(join(suite.home, 'models/tiny/decoder.onnx'), 'something else');
  await expect(openGenerator('tiny', [join(suite.home, 'models')])).rejects.toThrow(
    'The model "tiny" is damaged',
  );
  await expect(openGenerator('none', [join(suite.home, 'models')])).rejects.toThrow(
    'There is no generator "none"; there are: tiny.',
  );
});
