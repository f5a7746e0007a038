import { describe, expect, it } from 'vitest';
import { LossMeter } from '../../../main/engine/loss-meter.ts';
import { namedValues } from '../../../main/engine/parameters.ts';
import { initialState, objectiveParameters } from '../../../main/engine/trainer.ts';
import { Batches } from '../../../main/generate/batches.ts';
import { Learner } from '../../../main/generate/learner.ts';
import { autoencoderObjective } from '../../../main/generate/objective.ts';
import { pictureLossOf } from '../../../main/generate/picture-losses.ts';
import { lossNames, type Recipe } from '../../../preload/contract.ts';
import { shapeRecipe, shapes } from './shapes.ts';

const data = { training: shapes(64), heldOut: shapes(16, 2) };

async function objectiveOf(recipe: Recipe) {
  return autoencoderObjective(recipe, await pictureLossOf(recipe));
}

it('adds the divergence to the sum over the pixels, weighted by beta', async () => {
  const recipe = shapeRecipe();
  const objective = await objectiveOf(recipe);
  const { parameters } = initialState(objectiveParameters(objective), 1);
  const meter = await LossMeter.create(objective);
  const at = (beta: number) =>
    meter.measure(parameters, [new Batches(data.training, recipe, objective).at(1, beta)]);
  const [without, twice] = [await at(0), await at(2)];
  expect(without.loss).toBeCloseTo(784 * (without.parts.reconstruction ?? 0), 2);
  expect(twice.loss - without.loss).toBeCloseTo(2 * (without.parts.kl ?? 0), 2);
  await meter.dispose();
});

describe.each(lossNames)('with the loss %s', (loss) => {
  it('learns', async () => {
    const recipe = shapeRecipe({ loss, beta: 0.1 });
    const learner = await Learner.create(recipe, data, { device: 'cpu' });
    const first = await learner.step(1, 40);
    for (let step = 2; step < 40; step++) await learner.step(step, 40);
    const last = await learner.step(40, 40);
    expect(last.parts.reconstruction).toBeLessThan(0.9 * (first.parts.reconstruction ?? 0));
    await learner.close();
  });
});

describe('the adversarial autoencoder', () => {
  const recipe = shapeRecipe({ kind: 'aae', loss: 'bce' });

  /** Which networks' parameters a step changes when only some of the losses count. */
  async function changed(steps: number) {
    const learner = await Learner.create(recipe, data, { device: 'cpu' });
    const before = learner.state.parameters.slice();
    const reports = [];
    for (let step = 1; step <= steps; step++) reports.push(await learner.step(step, steps));
    const [old, now] = [before, learner.state.parameters].map((values) => namedValues(values, learner.specs));
    const names = [...(now?.keys() ?? [])].filter(
      (name) => now?.get(name)?.join() !== old?.get(name)?.join(),
    );
    await learner.close();
    return { names, reports };
  }

  it('trains encoder, decoder and discriminator, all of them', async () => {
    const { names } = await changed(2);
    for (const part of ['encoder', 'decoder', 'discriminator']) {
      expect(names.some((name) => name.startsWith(`${part}.`))).toBe(true);
    }
  });

  it('teaches its discriminator to tell codes from the prior', async () => {
    // At chance the loss is ln 2; the codes of a fresh encoder are easily told from the prior.
    const { reports } = await changed(60);
    expect(reports[0]?.parts.discriminator).toBeGreaterThan(0.6);
    expect(Math.min(...reports.map(({ parts }) => parts.discriminator ?? 1))).toBeLessThan(0.62);
  });
});

it('gives the same model whether a run was interrupted or not', async () => {
  const recipe = shapeRecipe();
  const whole = await Learner.create(recipe, data, { device: 'cpu' });
  for (let step = 1; step <= 6; step++) await whole.step(step, 6);
  const first = await Learner.create(recipe, data, { device: 'cpu' });
  for (let step = 1; step <= 3; step++) await first.step(step, 6);
  const second = await Learner.create(recipe, data, { device: 'cpu', state: structuredClone(first.state) });
  for (let step = 4; step <= 6; step++) await second.step(step, 6);
  const bytes = ({ parameters }: typeof whole.state) =>
    Buffer.from(parameters.buffer, parameters.byteOffset, parameters.byteLength);
  expect(bytes(second.state).equals(bytes(whole.state))).toBe(true);
  await Promise.all([whole.close(), first.close(), second.close()]);
});
