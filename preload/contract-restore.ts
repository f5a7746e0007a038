/** How much of a restoration is kept, for the window, the export and the command line alike. */
import { z } from 'zod';

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
