/** A finished generator: its networks, its card, and its collection as it sees it. */
import { join } from 'node:path';
import { parameterCount } from '../engine/parameters.ts';
import { ownModels } from '../library/paths.ts';
import type { Weights } from '../train/training-session.ts';
import { loadCoder } from './coder-onnx.ts';
import type { GeneratorCollection } from './collection.ts';
import { finish } from './finish.ts';
import { writeGenerator } from './generator-files.ts';
import type { Learner } from './learner.ts';
import type { GeneratorRun } from './run.ts';

/** Writes the model with these averaged parameters, and what it has learnt of the collection. */
export async function publishGenerator(
  { name, recipe, source }: GeneratorRun,
  collection: GeneratorCollection,
  learner: Learner,
  { step, ema }: Weights,
): Promise<void> {
  const onnx = learner.coder(ema);
  const coder = await loadCoder(recipe, onnx);
  const { training, scores } = await finish(coder, collection, await learner.measure(ema));
  await coder.dispose();
  const { classes } = collection;
  const pictures = collection.training.count;
  const card = {
    id: name,
    name,
    task: 'generate' as const,
    summary: `Draws pictures like the ${pictures} it was trained on.`,
    licence: 'Your own: it follows the licences of the pictures it was trained on.',
    data:
      source.kind === 'digits'
        ? `${pictures} handwritten digits of MNIST`
        : `${pictures} pictures in ${source.folder}`,
    recipe,
    steps: step,
    pictures,
    parameters: parameterCount(learner.specs),
    scores,
  };
  await writeGenerator(join(ownModels(), name), card, onnx, { ...training, classes });
}
