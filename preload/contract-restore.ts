/** What is done to a picture, how much of it is kept and how it is saved, for window and command line alike. */
import { z } from 'zod';
import { deviceIdSchema } from './contract-devices.ts';
import { patternProblem } from './name-pattern.ts';

const percentSchema = z.number().min(0).max(100);

/** What the strength is made of, each 0..100. */
export const partsSchema = z.object({
  /** Share of what the network changed in brightness. */
  luminance: percentSchema,
  /** Share of what it changed in colour. */
  colour: percentSchema,
  /** Share of the fine texture that it took away, brought back. */
  detail: percentSchema,
});

export const blendSchema = z.object({
  /** Between the source (0) and the network's result (100). */
  strength: percentSchema,
  /** Shares of the strength; all of luminance and colour, and no detail, where absent. */
  parts: partsSchema.optional(),
});

/** Image formats that can be written. */
export const outputFormats = ['jpeg', 'png', 'tiff', 'webp', 'avif'] as const;
export const outputFormatSchema = z.enum(['keep', ...outputFormats]);

/** Noise levels the denoiser is made for, in 8-bit levels. */
export const sigmaRange = { min: 0, max: 75 } as const;
export const sigmaSchema = z.number().min(sigmaRange.min).max(sigmaRange.max);

/** One network of a restoration. */
export const stepSchema = z.object({
  model: z.string(),
  /** Noise level told to a denoiser, 8-bit levels. */
  sigma: sigmaSchema.optional(),
});

/** What is done to a picture by networks: everything that needs a new run when it changes. */
export const restorationSchema = z.object({
  picture: z.string(),
  /** One after the other. */
  chain: z.array(stepSchema).min(1),
  device: deviceIdSchema,
});

/** How many colours JPEG and AVIF keep: one for each pixel, or for each four. */
export const chromas = ['4:4:4', '4:2:0'] as const;

export const saveOptionsSchema = blendSchema.extend({
  format: outputFormatSchema,
  /** For lossy formats, 1..100. */
  quality: z.number().int().min(1).max(100),
  stripMetadata: z.boolean(),
  /** Colours of JPEG and AVIF: for every pixel, or one for four. For every pixel where absent. */
  chroma: z.enum(chromas).optional(),
  /** How the copy is called, e.g. '{name}-{model}-{scale}x'; the usual name where absent. */
  pattern: z
    .string()
    .superRefine((pattern, context) => {
      const message = patternProblem(pattern);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .optional(),
});

/** The model that is taken when none is chosen. */
export const defaultModel = 'denoise-fast';

/** Defaults of every save, for the window and the command line alike. */
export const saveDefaults = { strength: 100, format: 'keep', quality: 92, stripMetadata: false } as const;

export type SaveOptions = z.infer<typeof saveOptionsSchema>;
export type OutputFormat = z.infer<typeof outputFormatSchema>;
export type Restoration = z.infer<typeof restorationSchema>;
export type Parts = z.infer<typeof partsSchema>;
export type Blend = z.infer<typeof blendSchema>;

export const partDefaults: Parts = { luminance: 100, colour: 100, detail: 0 };

/** {@link Parts} with the strength in them, each 0..1. */
export type Shares = Parts;

export function sharesOf({ strength, parts = partDefaults }: Blend): Shares {
  return {
    luminance: (strength * parts.luminance) / 10_000,
    colour: (strength * parts.colour) / 10_000,
    detail: parts.detail / 100,
  };
}

/** Luminance of encoded RGB as layers on a screen have it (W3C, Compositing and Blending, 10.2). */
export const luminanceWeights = [0.3, 0.59, 0.11] as const;

/** Layer that shows a result with all the fine texture brought back that was taken away. */
export function detailLayer(layer: string): string {
  return `${layer}${detailSuffix}`;
}

/** The result that a detail layer belongs to; undefined for other layers. */
export function layerOfDetail(layer: string): string | undefined {
  return layer.endsWith(detailSuffix) ? layer.slice(0, -detailSuffix.length) : undefined;
}

const detailSuffix = '-detail';

/** Layer that shows an enlarged result as if nothing had been done before it was enlarged. */
export function baseLayer(layer: string): string {
  return `${layer}${baseSuffix}`;
}

/** The result that a base layer belongs to; undefined for other layers. */
export function layerOfBase(layer: string): string | undefined {
  return layer.endsWith(baseSuffix) ? layer.slice(0, -baseSuffix.length) : undefined;
}

const baseSuffix = '-base';
