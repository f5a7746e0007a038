/** The training run of a generator, as run.json says it. */
import { z } from 'zod';
import { generatorSourceSchema, recipeSchema } from '../../preload/contract.ts';

export const generatorRunSchema = z.object({
  kind: z.literal('generate'),
  name: z.string(),
  source: generatorSourceSchema,
  /** Its classes are known once the collection has been read. */
  recipe: recipeSchema,
  /** The recipe's at its peak; less after the run fell apart. */
  learningRate: z.number().positive(),
  /** Steps in all; absent until epochs or a time budget have been turned into steps. */
  steps: z.number().int().positive().optional(),
  minutes: z.number().positive().optional(),
  /** At most this much work is lost when the process dies. */
  checkpointSeconds: z.number().positive(),
  /** Steps between two measurements on held-out pictures. */
  evaluationSteps: z.number().int().positive(),
});

export type GeneratorRun = z.infer<typeof generatorRunSchema>;
