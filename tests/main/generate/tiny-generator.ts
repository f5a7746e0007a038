/** A small generator of shapes among the person's own models, trained in a second. */
import { join } from 'node:path';
import type { GeneratorCard } from '../../../main/generate/card.ts';
import { loadCoder } from '../../../main/generate/coder-onnx.ts';
import { finish } from '../../../main/generate/finish.ts';
import { writeGenerator } from '../../../main/generate/generator-files.ts';
import { Learner } from '../../../main/generate/learner.ts';
import { ownModels } from '../../../main/library/paths.ts';
import type { Recipe } from '../../../preload/contract.ts';
import { shapeRecipe, shapes } from './shapes.ts';

/** Pictures that it learns from. */
export const tinyCount = 96;
/** As few as tell high from low. */
const steps = 50;

type Trained = Awaited<ReturnType<typeof train>>;
/** By recipe: a test of several views has several models of one. */
const trained = new Map<string, Promise<Trained>>();

/** Writes a model below RELUME_HOME; its pictures are squares, its classes "high" and "low". */
export async function writeTinyGenerator(id: string, changes: Partial<Recipe> = {}): Promise<void> {
  const recipe = shapeRecipe({ batch: 32, learningRate: 6e-3, ...changes });
  const known = trained.get(JSON.stringify(recipe)) ?? train(recipe);
  trained.set(JSON.stringify(recipe), known);
  const { onnx, training, scores } = await known;
  const card: Omit<GeneratorCard, 'files'> = {
    ...{ id, name: id, task: 'generate', summary: 'Squares', licence: 'MIT', data: 'Squares' },
    ...{ recipe, steps, pictures: tinyCount, parameters: 0, scores },
  };
  await writeGenerator(join(ownModels(), id), card, onnx, { ...training, classes: ['high', 'low'] });
}

async function train(recipe: Recipe) {
  const data = { training: shapes(tinyCount), heldOut: shapes(24, 2) };
  const learner = await Learner.create(recipe, data, { device: 'cpu' });
  for (let step = 1; step <= steps; step++) await learner.step(step, steps);
  const onnx = learner.coder();
  const coder = await loadCoder(recipe, onnx);
  const { training, scores } = await finish(coder, data, await learner.measure());
  await Promise.all([coder.dispose(), learner.close()]);
  return { onnx, training, scores };
}
