/** What the process that tries a device tells its parent. */
import { z } from 'zod';
import { deviceSchema, speedSchema } from '../../preload/contract.ts';

export const probeMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    device: deviceSchema.omit({ speed: true, fastestFor: true, verdict: true }),
  }),
  z.object({ kind: z.literal('inference'), speed: speedSchema.shape.inference.element }),
  z.object({ kind: z.literal('training'), speed: speedSchema.shape.training.unwrap() }),
]);

export type ProbeMessage = z.infer<typeof probeMessageSchema>;
