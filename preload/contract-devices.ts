/** The devices part of the contract: what networks run on, how fast that is, and the settings about it. */
import { z } from 'zod';

/** Ids of devices: ONNX Runtime's providers, and TensorFlow. */
export const deviceIds = ['cpu', 'webgpu', 'dml', 'coreml', 'cuda', 'tensorflow'] as const;

/** 'auto' is the fastest device for the task at hand that gives right results. */
export const deviceIdSchema = z.enum(['auto', ...deviceIds]);

/** How exactly a device computes; "tf32" keeps ten bits of the mantissa, as "float16" does. */
const precisions = ['float32', 'tf32', 'float16'] as const;

/** What was measured of a device; the differences are from the CPU's results. */
export const speedSchema = z.object({
  inference: z.array(
    z.object({
      model: z.string(),
      megapixelsPerSecond: z.number(),
      /** Largest of all samples, 0..1. */
      difference: z.number(),
      correct: z.boolean(),
    }),
  ),
  /** Of the fast denoiser on 16 patches of 64 x 64; the difference is of gradients, relative to the largest. */
  training: z.object({ stepsPerSecond: z.number(), difference: z.number(), correct: z.boolean() }).optional(),
});

export const deviceSchema = z.object({
  id: z.enum(deviceIds),
  name: z.string(),
  available: z.boolean(),
  /** Why it cannot be used; present when it is not available. */
  reason: z.string().optional(),
  precision: z.enum(precisions),
  /** Absent until it was measured. */
  speed: speedSchema.optional(),
  /** Models, and 'training', that it is the fastest for. */
  fastestFor: z.array(z.string()),
  /** What it is used for, or why it is not, for the person. */
  verdict: z.string(),
});

/** What the person has set for good. Every part has a default, so that parts can be added. */
export const settingsSchema = z.object({
  /** The device that 'auto' stands for; measured when that is 'auto' too. */
  device: deviceIdSchema.default('auto'),
  /** Threads of the CPU; 0 for as many as it has cores. */
  threads: z.number().int().min(0).max(1024).default(0),
  /** Whether training leaves room for other work. */
  stayResponsive: z.boolean().default(true),
});

const nothing = z.object({});

export const deviceRequests = {
  /** Every device; where there is a choice that was not measured, that begins and ends with a `devices` event. */
  'devices.list': { input: nothing, output: z.array(deviceSchema) },
  /** Measures every device anew. */
  'devices.measure': { input: nothing, output: z.array(deviceSchema) },
  /** Installs TensorFlow, or takes it away, and measures every device; the answer says what came of it. */
  'engines.tensorflow': {
    input: z.object({ wanted: z.boolean() }),
    output: z.object({ works: z.boolean(), message: z.string() }),
  },
  'settings.get': { input: nothing, output: settingsSchema },
  /** Changes the parts that are given; answers all of them. */
  'settings.set': {
    input: z.object({
      device: deviceIdSchema.optional(),
      threads: settingsSchema.shape.threads.unwrap().optional(),
      stayResponsive: z.boolean().optional(),
    }),
    output: settingsSchema,
  },
} as const;

export const deviceEvents = { devices: z.array(deviceSchema), settings: settingsSchema } as const;

export type Device = z.infer<typeof deviceSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type DeviceSpeed = z.infer<typeof speedSchema>;
export type Precision = Device['precision'];
export type Settings = z.infer<typeof settingsSchema>;
