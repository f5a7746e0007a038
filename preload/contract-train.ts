/** The training part of the contract: collections of pictures. */
import { z } from 'zod';

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

const nothing = z.object({});
const collectionRef = z.object({ collection: z.string() });

export const trainRequests = {
  /** Scans files and folders, with all below them; progress comes as `collection` events. */
  'collections.open': {
    input: z.object({ paths: z.array(z.string().min(1)).min(1) }),
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
  /** Stops the scan; what was looked at stays. */
  'collections.cancel': { input: collectionRef, output: nothing },
  'collections.close': { input: collectionRef, output: nothing },
} as const;

export const trainEvents = { collection: collectionSchema } as const;

export type FindingKind = z.infer<typeof findingKindSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Collection = z.infer<typeof collectionSchema>;
export type CollectionItem = z.infer<typeof collectionItemSchema>;

/** Path of a small picture of a collection's item below the shell's origin: PNG. */
export function thumbnailPath(collection: string, index: number): string {
  return `/pixels/collections/${collection}/${index}`;
}
