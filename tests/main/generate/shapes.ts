/** Pictures made for tests: a bright square somewhere on black; its class says whether it is high or low. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniform } from '../../../main/engine/gaussian.ts';
import type { PictureSet } from '../../../main/generate/pictures.ts';
import { type Recipe, recipeDefaults, recipeSchema } from '../../../preload/contract.ts';

export function shapes(count: number, seed = 1): PictureSet {
  const size = 28;
  const random = xoroshiro128plus(seed);
  const values = new Uint8Array(count * size * size);
  const labels = new Uint16Array(count);
  for (let picture = 0; picture < count; picture++) {
    const [left, top] = [Math.floor(uniform(random) * 19), Math.floor(uniform(random) * 19)];
    for (let y = top; y < top + 9; y++) {
      values.fill(255, (picture * size + y) * size + left, (picture * size + y) * size + left + 9);
    }
    labels[picture] = top < 10 ? 0 : 1;
  }
  const names = Array.from({ length: count }, (_, i) => `${labels[i] === 0 ? 'high' : 'low'}/${i}.png`);
  return { size, channels: 1, count, values, labels, names };
}

/** A small network that learns shapes in seconds. */
export function shapeRecipe(changes: Partial<Recipe> = {}): Recipe {
  return recipeSchema.parse({
    ...recipeDefaults,
    kind: 'vae',
    network: 'lesson-dense',
    size: 28,
    channels: 1,
    latent: 2,
    classes: [],
    batch: 16,
    warmUp: 0,
    learningRate: 3e-3,
    epochs: 10,
    ...changes,
  });
}
