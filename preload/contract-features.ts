/** A few numbers that say what a picture is like, and what a model has seen of each in training. */
import { z } from 'zod';

/** From the lowest to the highest. */
const rangeSchema = z.tuple([z.number(), z.number()]);

export const featureRangesSchema = z.object({
  /** Estimated noise, 8-bit levels. */
  noise: rangeSchema,
  /** How sharp the sharpest parts are; absent where noise hides it. */
  detail: rangeSchema.optional(),
  /** How much stronger steps between JPEG blocks are than others; 1 without blocks. */
  blocks: rangeSchema,
  /** Hasler and Suesstrunk's measure; 0 for grey, 109 for extremely colourful. */
  colourfulness: rangeSchema,
  /** Mean, 0..255. */
  brightness: rangeSchema,
});

export type FeatureRanges = z.infer<typeof featureRangesSchema>;
export type FeatureName = keyof FeatureRanges;
export const featureNames = featureRangesSchema.keyof().options;
