/** Models from elsewhere: how they take pictures, and how they are brought in. */
import { z } from 'zod';

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

export type Convention = z.infer<typeof conventionSchema>;
export type ImportOptions = z.infer<typeof importOptionsSchema>;
