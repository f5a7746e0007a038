/** The generating part of the contract: models that draw new pictures, and what they are asked. */
import { z } from 'zod';

/** An autoencoder as it is, variational, conditional (told a class), or adversarial. */
export const generatorKinds = ['autoencoder', 'vae', 'cvae', 'aae'] as const;
export type GeneratorKind = (typeof generatorKinds)[number];

export const generatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  licence: z.string(),
  /** What it was trained on, with licences. */
  data: z.string(),
  kind: z.enum(generatorKinds),
  /** Height and width of its pictures. */
  size: z.number().int(),
  /** 1 grey, 3 RGB. */
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Numbers a picture is encoded to. */
  latent: z.number().int(),
  /** Names of the classes that it can be told; none unless it is conditional. A label is a place in this list. */
  classes: z.array(z.string()),
  loss: z.string(),
  /** Pictures that it was trained on. */
  pictures: z.number().int(),
  parameters: z.number().int(),
  /** Mean squared error of held-out reconstructions, and of PCA with as many dimensions. */
  mse: z.number(),
  pcaMse: z.number(),
  /** Changes when the model does. */
  version: z.string(),
});
export type Generator = z.infer<typeof generatorSchema>;

/** A latent vector. */
export const codeSchema = z.array(z.number()).min(1).max(256);
const labelSchema = z.number().int().min(0);
/** A picture that a model can draw. */
export const drawableSchema = z.object({ code: codeSchema, label: labelSchema.optional() });
export type Drawable = z.infer<typeof drawableSchema>;

/** A picture that the person keeps, from wherever: drawn, opened, found on the map. */
export const keptPictureSchema = z.object({ name: z.string(), drawable: drawableSchema });
export type KeptPicture = z.infer<typeof keptPictureSchema>;
/** Pictures that can be kept of a model. */
export const mostKept = 256;

/** What a picture is to the collection: new, close to one of its pictures, a copy of one, or like none of them. */
export const noveltyVerdicts = ['new', 'close', 'copied', 'unlike'] as const;
export type NoveltyVerdict = (typeof noveltyVerdicts)[number];

const noveltySchema = z.object({
  verdict: z.enum(noveltyVerdicts),
  /** The nearest training picture: its place in the collection, and its name. */
  nearest: z.number().int(),
  nearestName: z.string(),
  /** Distance to it, over the distance that it has to its own nearest; held-out pictures have about 1. */
  novelty: z.number(),
});
export type PictureNovelty = z.infer<typeof noveltySchema>;

const reconstructionSchema = z.object({
  name: z.string(),
  /** The picture as the model sees it, for `seenPath`. */
  seen: z.string(),
  drawn: drawableSchema,
  /** Mean squared error of the reconstruction, values 0..1. */
  mse: z.number(),
  /** Share of held-out pictures that the model draws better. */
  unusual: z.number(),
  /** How far the code lies from the middle, over what is usual: about 1. */
  remoteness: z.number(),
  /** The error is usual though plain grey would be nearer: it is small only for want of contrast. */
  dull: z.boolean(),
  /** How unusual it is, in words. */
  sentence: z.string(),
  /** Errors of held-out pictures, ascending. */
  usual: z.array(z.number()),
});
export type PictureReconstruction = z.infer<typeof reconstructionSchema>;

/** What is asked for when nothing is said, in the window and on the command line. */
export const sampleDefaults = { count: 16, seed: 1, temperature: 1 } as const;
export const temperatureRange = { min: 0, max: 4 } as const;

const modelRef = z.object({ model: z.string() });

export const generateRequests = {
  /** Bundled ones first. */
  'generators.list': { input: z.object({}), output: z.array(generatorSchema) },
  /** Codes of new pictures; the same seed gives the same ones. */
  'generate.sample': {
    input: modelRef.extend({
      seed: z.number().int(),
      count: z.number().int().min(1).max(256),
      temperature: z.number().min(temperatureRange.min).max(temperatureRange.max),
      /** Every class in turn when absent. */
      label: labelSchema.optional(),
      /** A picture to make variations of. */
      around: codeSchema.optional(),
    }),
    output: z.array(drawableSchema),
  },
  /** How near each drawn picture is to the collection. */
  'generate.novelty': {
    input: modelRef.extend({ drawn: z.array(drawableSchema).min(1).max(256) }),
    output: z.array(noveltySchema),
  },
  /** What a model makes of any picture, and how unusual that is to it. */
  'generate.reconstruct': {
    input: modelRef.extend({
      /** A file, a training picture by its place, or the sample photo. */
      picture: z.union([
        z.object({ path: z.string() }),
        z.object({ learnt: z.number().int().min(0) }),
        z.object({ sample: z.literal(true) }),
      ]),
      label: labelSchema.optional(),
    }),
    output: reconstructionSchema,
  },
  /** What the person keeps of a model's pictures, in order. */
  'generate.kept': { input: modelRef, output: z.array(keptPictureSchema) },
  /** Keeps these of a model's pictures, and no others. */
  'generate.keep': {
    input: modelRef.extend({ pictures: z.array(keptPictureSchema).max(mostKept) }),
    output: z.object({}),
  },
  /** Writes pictures as PNG files, numbered, never over another. */
  'generate.save': {
    input: modelRef.extend({
      drawn: z.array(drawableSchema).min(1).max(256),
      /** All in one file, in rows of so many; else a file each. */
      columns: z.number().int().min(1).max(256).optional(),
      /** Id of a model that enlarges them first. */
      enlarge: z.string().optional(),
    }),
    output: z.object({ files: z.array(z.string()) }),
  },
} as const;

/**
 * Path of what a model draws for codes, below the shell's origin: PNG at the model's own size, in rows of
 * `columns` pictures. The address says everything, so a picture of a code can be kept, shown again, and cached.
 *
 * @param codes one or more, one after the other: up to 512 KiB of them
 * @param label class of them all, where the model has classes
 */
export function drawnPath(
  { id, version }: Pick<Generator, 'id' | 'version'>,
  codes: Float32Array,
  { label, columns = 1 }: { label?: number | undefined; columns?: number } = {},
): string {
  return `/pixels/drawn/${id}/${version}/${label ?? 'any'}/${columns}/${base64Url(codes)}`;
}

/** Path of one drawn picture, enlarged by a model of Restore, below the shell's origin: PNG. */
export function enlargedPath(
  { id, version }: Pick<Generator, 'id' | 'version'>,
  { code, label }: Drawable,
  upscaler: string,
): string {
  const address = base64Url(Float32Array.from(code));
  return `/pixels/enlarged/${id}/${version}/${label ?? 'any'}/${upscaler}/${address}`;
}

/** Path of a picture as a model sees it, below the shell's origin: PNG. */
export function seenPath(id: string): string {
  return `/pixels/seen/${id}`;
}

/** Path of a training picture's thumbnail, below the shell's origin: PNG, at most 32 pixels a side. */
export function trainingPicturePath({ id, version }: Pick<Generator, 'id' | 'version'>, index: number) {
  return `/pixels/learnt/${id}/${version}/${index}`;
}

/** Bytes of numbers as text that can stand in an address. */
export function base64Url({ buffer, byteOffset, byteLength }: Float32Array): string {
  let text = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
