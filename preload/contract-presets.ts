/** Presets: named sets of all that is chosen in Restore. */
import { z } from 'zod';
import { partsSchema, saveOptionsSchema, sigmaSchema } from './contract-restore.ts';

export const presetNameLength = 40;

/** All that is chosen in Restore. */
const restoreOptionsSchema = z.object({
  /** Noise level, 8-bit levels; each picture's own estimate where absent. */
  sigma: sigmaSchema.optional(),
  strength: saveOptionsSchema.shape.strength,
  parts: partsSchema,
  /** Ids of models: the denoiser, what removes artefacts, and what enlarges. */
  model: z.string(),
  cleaner: z.string().optional(),
  upscaler: z.string().optional(),
  save: saveOptionsSchema.pick({ format: true, quality: true, stripMetadata: true, chroma: true }),
  /** As it was typed; empty for the usual name. */
  pattern: z.string(),
});

export const presetSchema = z.object({
  name: z.string().trim().min(1).max(presetNameLength),
  options: restoreOptionsSchema,
});

const presets = z.array(presetSchema);

export const presetRequests = {
  'presets.list': { input: z.object({}), output: presets },
  /** Keeps these in place of those that there were. */
  'presets.set': { input: z.object({ presets }), output: presets },
} as const;

export type RestoreOptions = z.infer<typeof restoreOptionsSchema>;
export type Preset = z.infer<typeof presetSchema>;
