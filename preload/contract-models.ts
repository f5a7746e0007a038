/** The models part of the contract: their cards, whose they are, and how others are brought in. */
import { z } from 'zod';
import { featureRangesSchema } from './contract-features.ts';

/** What samples of 0..1 become. */
export const sampleRanges = ['0..1', '0..255', '-1..1'] as const;
export const channelOrders = ['rgb', 'bgr'] as const;
const importedTasks = ['denoise', 'artefacts', 'upscale'] as const;

const whole = z.number().int().positive();

/** How a model takes and gives pictures, found by trying it. */
export const conventionSchema = z.object({
  /** Order of the axes; the first is always one picture. */
  layout: z.enum(['nchw', 'nhwc']),
  /** 1: run for each colour by itself; 4: RGB and a plane of the noise level. */
  channels: z.union([z.literal(1), z.literal(3), z.literal(4)]),
  order: z.enum(channelOrders),
  input: z.enum(sampleRanges),
  output: z.enum(sampleRanges),
  /** Height and width must be multiples of this. */
  multiple: whole,
  /** Output pixels a side for each input pixel. */
  scale: whole,
  /** The only size that it takes. */
  fixed: z.object({ height: whole, width: whole }).optional(),
});

/** What a person says about a model, and what is then not found by trying. */
export const importOptionsSchema = z.object({
  name: z.string().trim().min(1).max(64).optional(),
  licence: z.string().trim().min(1).max(200).optional(),
  /** Where it comes from: an address, or who made it. */
  source: z.string().trim().min(1).max(500).optional(),
  task: z.enum(importedTasks).optional(),
  order: z.enum(channelOrders).optional(),
  /** Of input and output alike. */
  range: z.enum(sampleRanges).optional(),
});

export const modelCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  task: z.enum(['denoise', 'artefacts', 'upscale']),
  /** Output pixels a side for each pixel of the picture. */
  scale: z.number().int().positive().default(1),
  summary: z.string(),
  licence: z.string(),
  /** What the model was trained on, with licences. */
  data: z.string(),
  /** Largest noise level seen in training, 8-bit levels; absent where the model is not told a level. */
  sigmaMax: z.number().optional(),
  /** Optimizer steps and pixels seen; 0 where that is not known. */
  steps: z.number().int(),
  pixels: z.number(),
  parameters: z.number().int(),
  /** Multiply-accumulates per pixel of the result, in thousands. */
  kMacPerPixel: z.number(),
  scores: z.array(
    z.object({
      set: z.string(),
      /** Level of the white noise that was added, 8-bit levels; absent for real noise. */
      sigma: z.number().optional(),
      /** JPEG quality of the pictures; absent where they were not JPEGs. */
      quality: z.number().optional(),
      /** RGB, or luminance for upscalers, in dB. */
      psnr: z.number(),
      ssim: z.number(),
      images: z.number().int(),
      command: z.string(),
    }),
  ),
  /** What the pictures were like that it saw in training, damage included; absent where that is not known. */
  features: featureRangesSchema.optional(),
  /** SHA-256 of model.onnx, lower-case hexadecimal. */
  sha256: z.string(),
  /** Where an imported model came from, as the person who imported it said. */
  source: z.string().optional(),
  /** How an imported model takes pictures; absent where it does as Relume's own. */
  convention: conventionSchema.optional(),
});

/** Whose a model is: one that came with Relume, or that was trained, or imported, here. */
const modelOrigins = ['bundled', 'trained', 'imported'] as const;

export const listedModelSchema = modelCardSchema.extend({
  origin: z.enum(modelOrigins),
  /** Of its ONNX file. */
  bytes: z.number().int(),
});

export const refusedSchema = z.object({ path: z.string(), reason: z.string() });

const nothing = z.object({});
const modelRef = z.object({ model: z.string() });

export const modelRequests = {
  'models.list': { input: nothing, output: z.array(modelCardSchema) },
  /** The same with whose they are, and the folders that were set aside. */
  'models.shelf': {
    input: nothing,
    output: z.object({ models: z.array(listedModelSchema), refused: z.array(refusedSchema) }),
  },
  /** Finds out how an ONNX file takes pictures, and adds it to the person's own models. */
  'models.import': { input: importOptionsSchema.extend({ path: z.string() }), output: modelCardSchema },
  /** Writes a model with its card into one file, which another Relume imports; answers its path. */
  'models.export': { input: modelRef, output: z.object({ path: z.string() }) },
  /** Removes one of the person's own models. */
  'models.remove': { input: modelRef, output: nothing },
} as const;

export const lookSides = ['before', 'after'] as const;

/** Path of what a model makes of a piece of the sample, or of that piece; PNG. */
export function modelLookPath({ id, sha256 }: Pick<ModelCard, 'id' | 'sha256'>, side: LookSide): string {
  return `/pixels/models/${id}/${sha256.slice(0, 16)}/${side}`;
}

export type Convention = z.infer<typeof conventionSchema>;
export type ImportOptions = z.infer<typeof importOptionsSchema>;
export type ModelCard = z.infer<typeof modelCardSchema>;
export type ListedModel = z.infer<typeof listedModelSchema>;
export type Refused = z.infer<typeof refusedSchema>;
export type LookSide = (typeof lookSides)[number];
