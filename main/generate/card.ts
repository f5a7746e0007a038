/** What a generator's card.json says. */
import { z } from 'zod';
import { recipeSchema } from '../../preload/contract.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const generatorCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  task: z.literal('generate'),
  summary: z.string(),
  licence: z.string(),
  /** What the model was trained on, with licences. */
  data: z.string(),
  recipe: recipeSchema,
  /** Optimizer steps, and pictures that training went through. */
  steps: z.number().int(),
  pictures: z.number().int(),
  parameters: z.number().int(),
  /** On held-out pictures. */
  scores: z.object({
    pictures: z.number().int(),
    /** What training made smaller, and its parts by name. */
    loss: z.number(),
    parts: z.record(z.string(), z.number()),
    /** Mean squared error of the reconstruction, and of PCA with as many dimensions. */
    mse: z.number(),
    pcaMse: z.number(),
  }),
  /** SHA-256 of each file beside the card. */
  files: z.record(z.string(), sha256),
});

export type GeneratorCard = z.infer<typeof generatorCardSchema>;
