/** The saves of a batch, in a file: a restart or a crash loses none. */
import { z } from 'zod';
import { jobSchema, restorationSchema, saveOptionsSchema } from '../../preload/contract.ts';
import { readJsonFile, writeJsonFile } from '../library/json-file.ts';

/** A save as it was asked for, of a file and not of an open picture. */
export const orderSchema = restorationSchema
  .omit({ picture: true })
  .extend(saveOptionsSchema.shape)
  .extend({ path: z.string(), folder: z.string().optional() });
export type SaveOrder = z.infer<typeof orderSchema>;

const endedSchema = z.object({ order: orderSchema, job: jobSchema });

const journalSchema = z.object({
  paused: z.boolean(),
  waiting: z.array(orderSchema),
  /** Those of the same batch that came to an end, which its report tells of. */
  ended: z.array(endedSchema).default([]),
});
export type Journal = z.infer<typeof journalSchema>;

export class JournalFile {
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What was left; nothing where there is no journal, or none that can be understood. */
  async read(): Promise<Journal> {
    const journal = await readJsonFile(this.#path, journalSchema).catch((error: Error) => {
      process.stderr.write(`The list of jobs could not be read: ${error.message}\n`);
    });
    return journal ?? { paused: false, waiting: [], ended: [] };
  }

  /** Waits until all that was asked to be written is. */
  flush(): Promise<void> {
    return this.#writing;
  }

  /** Writes what is left then, as soon as an earlier writing has ended; further ones until then are the same. */
  write(journal: () => Journal): void {
    this.#next ??= this.#writing.then(async () => {
      this.#next = undefined;
      await this.#write(journal());
    });
    this.#writing = this.#next;
  }

  /** What cannot be kept, for want of space, is told, and does not stop the work itself. */
  async #write(journal: Journal): Promise<void> {
    await writeJsonFile(this.#path, journal).catch((error: Error) => {
      process.stderr.write(`The list of jobs was not kept: ${error.message}\n`);
    });
  }
}
