import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listGenerators } from '../../../main/generate/generator-shelf.ts';
import { readGeneratorRuns } from '../../../main/generate/run-summary.ts';
import { type GeneratorProgress, trainGenerator } from '../../../main/generate/train.ts';
import { RunLog } from '../../../main/train/run-log.ts';
import { ask } from '../../../main/train/run-status.ts';
import { readRuns } from '../../../main/train/run-summary.ts';
import { shapesSuite } from './shape-files.ts';
import { shapes } from './shapes.ts';

const suite = shapesSuite();
const never = new AbortController().signal;

const runs = () => readGeneratorRuns(join(suite.home, 'runs'));
const models = async () => (await listGenerators([join(suite.home, 'models')])).cards;
const atStep = (wanted: number, act: () => void) => (report: GeneratorProgress) => {
  if (report.kind === 'step' && report.step === wanted) act();
};

it('shows in the list of its own kind, with what it reached and what can be looked at', async () => {
  await trainGenerator({ ...suite.request, steps: 40 }, never, () => {});
  const [run] = await runs();
  expect(run).toMatchObject({
    kind: 'generate',
    id: 'tiny',
    state: 'done',
    step: 40,
    steps: 40,
    published: true,
    recipe: { kind: 'vae', latent: 2 },
    measured: { loss: expect.any(Number), kl: expect.any(Number), active: expect.any(Number) },
    previews: { step: 40, count: 8 },
    note: expect.stringContaining('1 pictures are left out'),
  });
  expect(run?.phase).toBeUndefined();
  expect(await readRuns(join(suite.home, 'runs'))).toEqual([]);
  const { training, heldOut } = await new RunLog(suite.request.run).parts(10);
  expect(training.kl).toHaveLength(10);
  expect(heldOut.loss?.map(([step]) => step)).toEqual([20, 40]);
  const [best] = [...(heldOut.loss ?? [])].sort(([, a], [, b]) => a - b);
  const [card] = await models();
  expect(card?.steps).toBe(best?.[0]);
  expect(card?.scores.loss).toBeCloseTo(best?.[1] ?? 0, 4);
});

it('is paused by a request, and stopped with the best it had', async () => {
  // Requests are looked for when the status is written, every second and a half.
  const long = trainGenerator(
    { ...suite.request, steps: 1_000_000 },
    never,
    atStep(25, () => void ask(suite.request.run, 'pause')),
  );
  await expect(long).rejects.toThrow('Paused');
  const [paused] = await runs();
  expect(paused).toMatchObject({ state: 'paused', steps: 1_000_000, published: false });
  expect(paused?.reason).toBeUndefined();
  expect(existsSync(join(suite.request.run, 'owner.json'))).toBe(false);

  const { steps } = await trainGenerator({ ...suite.request, resume: true, finish: true }, never, () => {});
  expect(steps).toBe(paused?.step);
  const { heldOut } = await new RunLog(suite.request.run).parts(10);
  expect(heldOut.loss?.at(-1)?.[0]).toBe(paused?.step);
  expect((await runs())[0]).toMatchObject({ state: 'done', published: true });
  expect(await models()).toHaveLength(1);
});

it('turns minutes into steps after the first few', async () => {
  const stop = new AbortController();
  const reports: number[] = [];
  const hours = trainGenerator({ ...suite.request, minutes: 600 }, stop.signal, (report) => {
    if (report.kind === 'step') reports.push(report.steps);
    if (reports.length === 30) stop.abort();
  });
  await expect(hours).rejects.toThrow();
  expect(reports.slice(0, 29).every((steps) => steps === 0)).toBe(true);
  expect(reports[29]).toBeGreaterThan(30);
});

it('ends when its time is over before there are steps to go by', async () => {
  const { steps } = await trainGenerator({ ...suite.request, minutes: 1e-6 }, never, () => {});
  expect(steps).toBe(1);
  expect((await runs())[0]).toMatchObject({ state: 'done', step: 1, steps: 1, published: true });
});

it('has one owner at a time', async () => {
  const stop = new AbortController();
  let second: Promise<unknown> | undefined;
  const first = trainGenerator(
    { ...suite.request, steps: 1000 },
    stop.signal,
    atStep(2, () => {
      second = trainGenerator({ ...suite.request, resume: true }, never, () => {}).finally(() =>
        stop.abort(),
      );
      // Both are awaited below.
      second.catch(() => undefined);
    }),
  );
  await expect(first).rejects.toThrow();
  await expect(second).rejects.toThrow('tiny is being trained already');
});

it('trains on the pictures that were chosen, and measures on those held out', async () => {
  const paths = shapes(48).names.map((name) => join(suite.home, 'pictures', name));
  const pictures = { training: paths.slice(0, 20), heldOut: paths.slice(20, 23) };
  await trainGenerator({ ...suite.request, pictures, steps: 20 }, never, () => {});
  expect((await runs())[0]).toMatchObject({ training: 20, heldOut: 3 });
  expect((await models())[0]?.pictures).toBe(20);
});
