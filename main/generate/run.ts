/** The training run of a generator, as run.json says it. */
import { z } from 'zod';
import { recipeSchema } from './recipe.ts';
import { sourceSchema } from './source.ts';

export const generatorRunSchema = z.object({
  name: z.string(),
  source: sourceSchema,
  recipe: recipeSchema,
  /** Steps in all. */
  steps: z.number().int().positive(),
  /** At most this much work is lost when the process dies. */
  checkpointSeconds: z.number().positive(),
});

export type GeneratorRun = z.infer<typeof generatorRunSchema>;
