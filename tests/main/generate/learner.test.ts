import { expect, it } from 'vitest';
import { loadCoder } from '../../../main/generate/coder-onnx.ts';
import { toMatrix } from '../../../main/generate/finish.ts';
import { Learner } from '../../../main/generate/learner.ts';
import { meanRow } from '../../../main/generate/matrix.ts';
import { shapeRecipe, shapes } from './shapes.ts';

it('keeps the codes of an adversarial autoencoder near the prior, instead of circling it', async () => {
  const recipe = shapeRecipe({ kind: 'aae', loss: 'bce', latent: 4, batch: 32, learningRate: 1e-3 });
  const data = { training: shapes(64), heldOut: shapes(64, 2) };
  const learner = await Learner.create(recipe, data, { device: 'cpu' });
  const steps = 80;
  for (let step = 1; step <= steps; step++) await learner.step(step, steps);
  const coder = await loadCoder(recipe, learner.coder());
  const codes = await coder.encode(toMatrix(data.heldOut));
  await Promise.all([coder.dispose(), learner.close()]);
  expect(Math.max(...meanRow(codes).map(Math.abs))).toBeLessThan(1.5);
});
