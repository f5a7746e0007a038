/** The training part of the contract: tasks, collections of pictures, and runs. */
import { z } from 'zod';

/** Noise that is added to clean pictures: white, or as a camera makes it. */
export const addedNoises = ['gaussian', 'camera'] as const;
/** Noise to learn to remove: added; that of real pairs of a clean and a noisy picture; or what noisy pictures have. */
export const noiseKinds = [...addedNoises, 'pairs', 'noisy-only'] as const;
export type NoiseKind = (typeof noiseKinds)[number];

/** How many times larger a model can make a picture, a side. */
export const scales = [2, 3, 4] as const;
export type Scale = (typeof scales)[number];
/** How an upscaler's training pictures are made small: cleanly, or blurred, noisy and compressed as one finds them. */
export const shrinkKinds = ['bicubic', 'photo'] as const;
export type ShrinkKind = (typeof shrinkKinds)[number];

/** What a model can learn to do. */
export const trainingTaskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('denoise'), noise: z.enum(noiseKinds) }),
  z.object({ kind: z.literal('artefacts') }),
  z.object({ kind: z.literal('upscale'), scale: z.literal(scales), damage: z.enum(shrinkKinds) }),
]);
export type TrainingTask = z.infer<typeof trainingTaskSchema>;

/** What can speak against training on a picture. */
export const findingKinds = [
  'unreadable',
  'too-small',
  'duplicate',
  'near-duplicate',
  'blurred',
  'noisy',
  'jpeg',
  'grey',
  'profile',
] as const;
export const findingKindSchema = z.enum(findingKinds);

const findingSchema = z.object({
  kind: findingKindSchema,
  /** One sentence for the person. */
  reason: z.string(),
});

/** Kinds that are left out unless the person takes them back: nothing could be learned from them. */
export const leftOutAtFirst: readonly FindingKind[] = ['unreadable', 'too-small', 'duplicate'];
/** Kinds that cannot be taken back. */
export const unusableKinds: readonly FindingKind[] = ['unreadable', 'too-small'];

/** What a model is to learn from a collection. */
export const collectionPurposeSchema = z.enum(['restore', 'generate']);
export type CollectionPurpose = z.infer<typeof collectionPurposeSchema>;

export const collectionSchema = z.object({
  id: z.string(),
  /** The folders and files it was made of. */
  paths: z.array(z.string()),
  state: z.enum(['looking', 'scanning', 'done', 'cancelled', 'failed']),
  /** Pictures found, and those that were looked at so far. */
  found: z.number().int(),
  scanned: z.number().int(),
  /** Of the pictures that are not left out. */
  usable: z.number().int(),
  megapixels: z.number(),
  /** Patches of 64 x 64 pixels that do not overlap. */
  patches: z.number().int(),
  findings: z.array(
    z.object({ kind: findingKindSchema, count: z.number().int(), leftOut: z.number().int() }),
  ),
  /** What to expect of so many pictures. */
  advice: z.string(),
  secondsLeft: z.number().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
  /** The noisy pictures of the same scenes, once they were named. */
  pairs: z
    .object({
      /** Usable pictures with a partner that fits. */
      count: z.number().int(),
      /** Why others have none: one sentence each, the first few. */
      refused: z.array(z.string()),
      refusedCount: z.number().int(),
    })
    .optional(),
});

export const collectionItemSchema = z.object({
  /** Its place in the whole collection. */
  index: z.number().int(),
  name: z.string(),
  /** 0 until it has been looked at, and when it cannot be read. */
  width: z.number().int(),
  height: z.number().int(),
  findings: z.array(findingSchema),
  leftOut: z.boolean(),
});

/** How much a network can learn; the larger one takes about three times as long. */
export const networkSizes = ['fast', 'best'] as const;

/** The name of a run, which is also the id of its model. */
export const runNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens');

export const verdictSchema = z.object({
  /** One sentence. */
  sentence: z.string(),
  /** Whether it is better than everything it was compared with. */
  better: z.boolean(),
  /** The model itself first. */
  methods: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['new', 'start', 'bundled', 'classical']),
      /** Mean over the held-out pictures, in dB. */
      psnr: z.number(),
      ssim: z.number(),
    }),
  ),
  /** Held-out pictures with the PSNR that each method reaches, in the order of `methods`. */
  pictures: z.array(z.object({ name: z.string(), psnr: z.array(z.number()) })),
});

export const runStatusSchema = z.object({
  state: z.enum(['running', 'paused', 'done']),
  step: z.number().int(),
  /** 0 until a time budget has been turned into steps. */
  steps: z.number().int(),
  secondsPerStep: z.number(),
  /** Share of the time that the engine waited for data, 0..1. */
  waiting: z.number(),
  /** By name. */
  device: z.string(),
  memoryMB: z.number(),
  /** Pictures that are trained on, and held out. */
  training: z.number().int(),
  heldOut: z.number().int(),
  loss: z.number().optional(),
  /** Held-out PSNR in dB: of the start, the latest, and the best with its step. */
  startPsnr: z.number().optional(),
  psnr: z.number().optional(),
  best: z.object({ step: z.number().int(), psnr: z.number() }).optional(),
  /** Held-out loss with its parts, by name (generators). */
  measured: z.record(z.string(), z.number()).optional(),
  /** Step at which the held-out crops were restored that can be shown, and how many there are. */
  previews: z.object({ step: z.number().int(), count: z.number().int() }).optional(),
  /** What it does before and after its steps, each with the share of it that is done. */
  phase: z.object({ name: z.enum(['reading', 'finishing']), share: z.number() }).optional(),
  /** What happened on the way that the person should know. */
  note: z.string().optional(),
  /** Why it is paused, when nobody asked for that. */
  reason: z.string().optional(),
});

export const runSummarySchema = runStatusSchema.extend({
  kind: z.literal('restore'),
  id: z.string(),
  task: trainingTaskSchema,
  /** What its pictures were chosen as. */
  folder: z.string(),
  from: z.string().optional(),
  /** Its length, as it was asked for. */
  minutes: z.number().optional(),
  verdict: verdictSchema.optional(),
  /** Its model's ONNX file, once there is one. */
  model: z.string().optional(),
});

/** What a held-out crop can be seen as: damaged, clean, and restored by the model in training. */
export const previewLayers = ['seen', 'clean', 'result'] as const;

const nothing = z.object({});
const collectionRef = z.object({ collection: z.string() });
const runRef = z.object({ run: runNameSchema });

/** @param device ids of devices */
export const trainRequests = <D extends z.ZodType>(device: D) =>
  ({
    /** Scans files and folders, with all below them; progress comes as `collection` events. */
    'collections.open': {
      input: z.object({
        paths: z.array(z.string().min(1)).min(1),
        /** What speaks against a picture depends on it; to restore, where absent. */
        purpose: collectionPurposeSchema.optional(),
      }),
      output: collectionSchema,
    },
    'collections.list': { input: nothing, output: z.array(collectionSchema) },
    'collections.items': {
      input: collectionRef.extend({
        /** Only pictures of which this was found. */
        kind: findingKindSchema.optional(),
        from: z.number().int().min(0),
        count: z.number().int().min(1).max(500),
      }),
      output: z.object({ total: z.number().int(), items: z.array(collectionItemSchema) }),
    },
    /** Leaves pictures out, or takes them back: one, or all of which something was found. */
    'collections.leaveOut': {
      input: collectionRef.extend({
        which: z.union([z.object({ index: z.number().int() }), z.object({ kind: findingKindSchema })]),
        leftOut: z.boolean(),
      }),
      output: collectionSchema,
    },
    /** Finds the noisy pictures of the collection's scenes among files and folders: named alike, and aligned. */
    'collections.pair': {
      input: collectionRef.extend({ paths: z.array(z.string().min(1)).min(1) }),
      output: collectionSchema,
    },
    /** Stops the scan; what was looked at stays. */
    'collections.cancel': { input: collectionRef, output: nothing },
    'collections.close': { input: collectionRef, output: nothing },
    /** Every run, the newest first, whoever started it; changes come as `run` events from then on. */
    'runs.list': { input: nothing, output: z.array(runSummarySchema) },
    /** Trains on a collection that has been scanned. */
    'runs.start': {
      input: z.object({
        collection: z.string(),
        /** Made from the task and the folder when absent. */
        name: runNameSchema.optional(),
        task: trainingTaskSchema,
        size: z.enum(networkSizes),
        /** Id of the model to begin with; from chance when absent. */
        from: z.string().optional(),
        length: z.union([
          z.object({ minutes: z.number().positive() }),
          z.object({ steps: z.number().int().positive() }),
        ]),
        device,
      }),
      output: runRef,
    },
    'runs.resume': { input: runRef.extend({ device }), output: nothing },
    'runs.pause': { input: runRef, output: nothing },
    /** Ends the run where it is; the best it had becomes its model. */
    'runs.stop': { input: runRef, output: nothing },
    /** Deletes all that is kept of a run but its model. Refused while it is trained. */
    'runs.delete': { input: runRef, output: nothing },
    /** The curves, thinned out to so many points. */
    'runs.log': {
      input: runRef.extend({ points: z.number().int().min(2).max(5000) }),
      output: z.object({
        loss: z.array(z.tuple([z.number(), z.number()])),
        psnr: z.array(z.tuple([z.number(), z.number()])),
      }),
    },
  }) as const;

export const trainEvents = { collection: collectionSchema, run: runSummarySchema } as const;

export type FindingKind = z.infer<typeof findingKindSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Collection = z.infer<typeof collectionSchema>;
export type CollectionItem = z.infer<typeof collectionItemSchema>;

/** Path of a small picture of a collection's item below the shell's origin: PNG. */
export function thumbnailPath(collection: string, index: number): string {
  return `/pixels/collections/${collection}/${index}`;
}

export type Verdict = z.infer<typeof verdictSchema>;
export type RunStatus = z.infer<typeof runStatusSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type PreviewLayer = (typeof previewLayers)[number];

/** Rows of pictures of a generator in training: held-out ones, what it makes of them, and samples. */
export const generatorPreviewLayers = ['originals', 'reconstructions', 'samples'] as const;
export type GeneratorPreviewLayer = (typeof generatorPreviewLayers)[number];

/**
 * Path of a held-out crop of a run, or of a generator's row of pictures, below the shell's origin: PNG.
 *
 * @param step only tells two versions apart
 */
export function previewPath(
  run: string,
  step: number,
  index: number,
  layer: PreviewLayer | GeneratorPreviewLayer,
): string {
  return `/pixels/runs/${run}/${step}/${index}/${layer}`;
}

/** A degradation that is shown before training: its kind, or a real one of pairs. */
export const shownDamages = ['gaussian', 'camera', 'jpeg', 'bicubic', 'photo', 'pairs'] as const;
export type ShownDamage = (typeof shownDamages)[number];

/**
 * Path of a collection's picture with damage, its middle at full size, below the shell's origin: PNG.
 *
 * @param strength sigma, JPEG quality, or the scale, by the kind; the camera's exposure by chance
 * @param layer the damaged picture or the clean one beside it
 */
export function damagePath(
  collection: string,
  index: number,
  damage: ShownDamage,
  strength: number,
  layer: 'seen' | 'clean',
): string {
  return `/pixels/damage/${collection}/${index}/${damage}/${strength}/${layer}`;
}
