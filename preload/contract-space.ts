/** The part of the contract that walks through latent spaces: planes, ways between pictures, maps, directions. */
import { z } from 'zod';
import { base64Url, codeSchema, drawableSchema, type Generator } from './contract-generate.ts';

/** Along the great circle, or straight. */
export const interpolationPaths = ['spherical', 'straight'] as const;
export type InterpolationPath = (typeof interpolationPaths)[number];
export const interpolationFormats = ['gif', 'webp', 'png'] as const;
export const frameRange = { min: 2, max: 240 } as const;
export const interpolationDefaults = {
  frames: 60,
  frameMs: 50,
  path: 'spherical',
  format: 'gif',
} as const;

/** The two latent numbers themselves, two directions through more of them, or those of the raw pixels. */
export const mapLayouts = ['latent', 'pca', 'umap', 'pixels'] as const;
export type MapLayout = (typeof mapLayouts)[number];

/** origin + x across + y down */
const planeSchema = z.object({ origin: codeSchema, across: codeSchema, down: codeSchema });
export type SpacePlane = z.infer<typeof planeSchema>;

/** A place on a plane in shares of the prior, 0..1 across and down. */
const placeSchema = z.object({ x: z.number(), y: z.number() });
export type PlanePlace = z.infer<typeof placeSchema>;

const modelRef = z.object({ model: z.string() });
const index = z.number().int().min(0);

const waySchema = z.object({
  stops: z.array(codeSchema).min(2).max(64),
  frames: z.number().int().min(frameRange.min).max(frameRange.max),
  path: z.enum(interpolationPaths),
  /** Goes on from the last picture to the first. */
  loop: z.boolean(),
});

/** Pictures of the collection: those of a class, those at places, or all that are not in the other group. */
const groupSchema = z.union([
  z.object({ label: index }),
  z.object({ pictures: z.array(index).min(1) }),
  z.literal('rest'),
]);
export type PictureGroup = z.infer<typeof groupSchema>;

/** A picture of the collection. */
const learntSchema = z.object({
  index,
  name: z.string(),
  label: index.optional(),
  drawable: drawableSchema,
});
export type LearntPicture = z.infer<typeof learntSchema>;

export const spaceRequests = {
  /** A plane to walk on: through three codes, else the whole of a 2-D space, or where the collection differs most. */
  'space.plane': {
    input: modelRef.extend({ through: z.tuple([codeSchema, codeSchema, codeSchema]).optional() }),
    output: z.object({
      plane: planeSchema,
      /** Share of the variance of the collection's codes that lies along the plane, 0..1. */
      shown: z.number(),
    }),
  },
  'space.codeAt': { input: z.object({ plane: planeSchema, place: placeSchema }), output: codeSchema },
  /** The places on a plane that are nearest to codes. */
  'space.places': {
    input: z.object({ plane: planeSchema, codes: z.array(codeSchema) }),
    output: z.array(placeSchema),
  },
  /** Codes evenly along the way through the stops. */
  'space.interpolate': { input: waySchema, output: z.array(codeSchema) },
  /** Writes the way as an animation, or as one file a frame. */
  'space.saveInterpolation': {
    input: waySchema.extend({
      ...modelRef.shape,
      label: index.optional(),
      format: z.enum(interpolationFormats),
      /** Milliseconds a frame. */
      frameMs: z.number().int().min(10).max(10_000),
    }),
    output: z.object({ files: z.array(z.string()) }),
  },
  /** Codes of picture files, in their order; of the class given, where the model can be told one. */
  'space.encode': {
    input: modelRef.extend({ paths: z.array(z.string()).min(1), label: index.optional() }),
    output: z.object({
      pictures: z.array(z.object({ name: z.string(), drawable: drawableSchema })),
      refused: z.array(z.object({ path: z.string(), reason: z.string() })),
    }),
  },
  /** Where every picture of the collection lies on a map. */
  'space.map': {
    input: modelRef.extend({ layout: z.enum(mapLayouts) }),
    output: z.object({
      /** x and y of each picture in turn. */
      points: z.array(z.number()),
      /** Class of each, as a place in `classes`; absent without classes. */
      labels: z.array(index).optional(),
      classes: z.array(z.string()),
      /** Share of pictures whose class most of their neighbours on the map have. */
      agreement: z.number().optional(),
    }),
  },
  /** How well the codes of a model tell its collection, beside as many principal components of the raw pixels. */
  'space.scores': {
    input: modelRef,
    output: z.object({
      /** Neighbours of one class, as `agreement` of a map, at the model's own number of dimensions. */
      agreement: z.number().optional(),
      pixelsAgreement: z.number().optional(),
      /** The same with the pixels' first two components. */
      pixelsMapAgreement: z.number().optional(),
      /** Share of the most frequent class: what guessing reaches. */
      chance: z.number().optional(),
    }),
  },
  /** Pictures of the collection whose codes are nearest to that of one of them, nearest first. */
  'space.similar': {
    input: modelRef.extend({ index, count: z.number().int().min(1).max(200) }),
    output: z.array(index),
  },
  /** The collection's classes with their pictures, in the order of their labels. */
  'space.classes': {
    input: modelRef,
    output: z.array(z.object({ name: z.string(), pictures: z.number().int() })),
  },
  'space.learnt': {
    input: modelRef.extend({ pictures: z.array(index).max(500) }),
    output: z.array(learntSchema),
  },
  /** What one group of pictures has and another has not. */
  'space.direction': {
    input: modelRef.extend({ having: groupSchema, without: groupSchema }),
    output: z.object({
      direction: codeSchema,
      having: z.number().int(),
      without: z.number().int(),
      /** Share of pictures that lie on their group's side of the middle, each group counting half. */
      apart: z.number(),
    }),
  },
} as const;

type ModelVersion = Pick<Generator, 'id' | 'version'>;
type Label = number | undefined;

function planeText({ origin, across, down }: SpacePlane): string {
  return base64Url(Float32Array.from([...origin, ...across, ...down]));
}

/** Places of a plane's pixels paths are whole numbers: this many make the whole width. */
export const planeUnits = 2 ** 29;

/** Path of the picture at a place of a plane: PNG at the model's own size. */
export function planePicturePath(
  { id, version }: ModelVersion,
  label: Label,
  plane: SpacePlane,
  at: PlanePlace,
) {
  const whole = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * planeUnits);
  return `/pixels/plane/${id}/${version}/${label ?? 'any'}/${planeText(plane)}/at/${whole(at.x)}/${whole(at.y)}`;
}

/** Pictures a side of a plane's tile. */
export const planeTileCells = 4;

/**
 * Path of a tile of a plane: PNG of some of its pictures.
 *
 * @param level 0 has one tile, each further level four for each
 */
export function planeTilePath(
  { id, version }: ModelVersion,
  label: Label,
  plane: SpacePlane,
  { level, x, y }: { level: number; x: number; y: number },
): string {
  return `/pixels/plane/${id}/${version}/${label ?? 'any'}/${planeText(plane)}/${level}/${x}/${y}`;
}

/** Training pictures a row of {@link gatheredPath}. */
export const gatheredColumns = 8;

/** Path of thumbnails of some training pictures in rows: PNG, at most 32 pixels a side each. */
export function gatheredPath({ id, version }: ModelVersion, indices: readonly number[]): string {
  return `/pixels/gathered/${id}/${version}/${indices.join('-')}`;
}
