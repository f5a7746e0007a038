/** The part of the contract that trains generators: what is suggested for a collection, and the runs. */
import { z } from 'zod';
import { fits, generatorSourceSchema, latentRange, pictureSizes, recipeSchema } from './contract-recipe.ts';
import { runNameSchema, runStatusSchema } from './contract-train.ts';

const nothing = z.object({});
const runRef = z.object({ run: runNameSchema });
/** A collection that is open, or the digits. */
const pictures = z.union([z.object({ collection: z.string() }), z.object({ digits: z.literal(true) })]);

/** What suits a collection, by its pictures. */
export const suggestionSchema = z.object({
  pictures: z.number().int(),
  size: z.literal([...pictureSizes]),
  channels: z.union([z.literal(1), z.literal(3)]),
  latent: z.number().int().min(latentRange.min).max(latentRange.max),
  /** Names of the folders that the pictures are sorted into; none where they are not. */
  classes: z.array(z.string()),
});

export const generatorRunSummarySchema = runStatusSchema.extend({
  kind: z.literal('generate'),
  id: z.string(),
  source: generatorSourceSchema,
  recipe: recipeSchema,
  /** Its length, as it was asked for. */
  minutes: z.number().optional(),
  /** Whether there is a model of it, which has its id. */
  published: z.boolean(),
});

const points = z.array(z.tuple([z.number(), z.number()]));

/** @param device ids of devices */
export const generatorRunRequests = <D extends z.ZodType>(device: D) =>
  ({
    /** What to choose for pictures; a collection must have been scanned. */
    'generatorRuns.suggest': { input: pictures, output: suggestionSchema },
    /** Every run, the newest first, whoever started it; changes come as `generatorRun` events from then on. */
    'generatorRuns.list': { input: nothing, output: z.array(generatorRunSummarySchema) },
    'generatorRuns.start': {
      input: z.object({
        pictures,
        fit: z.enum(fits),
        /** Made from the kind and the folder when absent. */
        name: runNameSchema.optional(),
        /** Its classes are the collection's folders. */
        recipe: recipeSchema.omit({ classes: true }),
        length: z.union([
          z.object({ minutes: z.number().positive() }),
          z.object({ steps: z.number().int().positive() }),
        ]),
        device,
      }),
      output: runRef,
    },
    'generatorRuns.resume': { input: runRef.extend({ device }), output: nothing },
    'generatorRuns.pause': { input: runRef, output: nothing },
    /** Ends the run where it is; the best it had becomes its model. */
    'generatorRuns.stop': { input: runRef, output: nothing },
    /** Deletes all that is kept of a run but its model. Refused while it is trained. */
    'generatorRuns.delete': { input: runRef, output: nothing },
    /** The loss and its parts by name: of the steps, thinned out to so many points, and of held-out pictures. */
    'generatorRuns.log': {
      input: runRef.extend({ points: z.number().int().min(2).max(5000) }),
      output: z.object({
        training: z.record(z.string(), points),
        heldOut: z.record(z.string(), points),
      }),
    },
  }) as const;

export const generatorRunEvents = { generatorRun: generatorRunSummarySchema } as const;

export type Suggestion = z.infer<typeof suggestionSchema>;
export type GeneratorRunSummary = z.infer<typeof generatorRunSummarySchema>;
