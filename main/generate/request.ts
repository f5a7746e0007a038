/** What a generator can be asked for, with its defaults: the command line's and the compute process's one language. */
import { z } from 'zod';
import {
  frameRange,
  interpolationDefaults,
  interpolationFormats,
  interpolationPaths,
  mapLayouts,
  sampleDefaults,
  temperatureRange,
} from '../../preload/contract.ts';

export const generateDefaults = {
  ...sampleDefaults,
  columns: 20,
  amount: 1,
  ...interpolationDefaults,
} as const;

const base = z.object({
  model: z.string(),
  /** Folder that results are written to; made when it is not there. */
  output: z.string(),
});
/** Name of a class, for models that have classes. */
const className = z.string().optional();

export const generateRequestSchema = z.discriminatedUnion('kind', [
  base.extend({
    kind: z.literal('sample'),
    count: z.number().int().min(1).max(10_000),
    seed: z.number().int(),
    temperature: z.number().min(temperatureRange.min).max(temperatureRange.max),
    class: className,
    /** A picture to make variations of. */
    around: z.string().optional(),
  }),
  base.extend({
    kind: z.literal('grid'),
    columns: z.number().int().min(1).max(100),
    class: className,
    /** Three picture files for the plane to go through. */
    through: z.tuple([z.string(), z.string(), z.string()]).optional(),
  }),
  base.extend({
    kind: z.literal('arithmetic'),
    /** Picture files to change; draws of the prior without any. */
    pictures: z.array(z.string()),
    seed: z.number().int(),
    /** Each a class of the collection, or a folder of pictures; all other pictures of the collection without `from`. */
    towards: z.string(),
    from: z.string().optional(),
    /** 1 is the whole way from one group's middle to that of the other. */
    amount: z.number().min(-4).max(4),
    class: className,
  }),
  base.extend({
    kind: z.literal('interpolate'),
    /** Two or more picture files; draws of the prior without any. */
    pictures: z.array(z.string()),
    seed: z.number().int(),
    frames: z.number().int().min(frameRange.min).max(frameRange.max),
    path: z.enum(interpolationPaths),
    loop: z.boolean(),
    format: z.enum(interpolationFormats),
    /** Milliseconds a frame. */
    frameMs: z.number().int().min(10).max(10_000),
    class: className,
  }),
  base.extend({ kind: z.literal('map'), layout: z.enum(mapLayouts).optional() }),
  base.extend({ kind: z.literal('reconstruct'), pictures: z.array(z.string()).min(1), class: className }),
  base.omit({ output: true }).extend({
    kind: z.literal('novelty'),
    /** Picture files to hold against the collection. */
    pictures: z.array(z.string()).min(1),
  }),
]);

export type GenerateRequest = z.infer<typeof generateRequestSchema>;
export type RequestOf<K extends GenerateRequest['kind']> = Extract<GenerateRequest, { kind: K }>;
