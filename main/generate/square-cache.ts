/** The pictures of a run as small squares, kept beside it: going on with it need not read them all anew. */
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fits } from '../../preload/contract.ts';
import type { SquareOptions } from '../image/square.ts';
import { parseJson } from '../library/json-file.ts';
import { replaceFile } from '../library/write-file.ts';
import { type PictureSet, pictureLength } from './pictures.ts';

/** A file as it was when its picture was read. */
const fileSchema = z.object({ path: z.string(), modified: z.number(), bytes: z.number() });
const factsSchema = z.object({
  size: z.number(),
  channels: z.number(),
  fit: z.enum(fits),
  files: z.array(fileSchema),
});

type SquareFile = z.infer<typeof fileSchema>;
interface Kept extends SquareFile {
  readonly square: Uint8Array;
}

/** A line of facts, then the squares' values one after the other. */
const pathIn = (run: string) => join(run, 'squares.bin');
const newline = 10;

export class SquareCache {
  readonly #run: string;
  readonly #options: SquareOptions;
  readonly #kept: ReadonlyMap<string, Kept>;
  /** Files as they were when they were asked for. */
  readonly #asked = new Map<string, SquareFile>();

  private constructor(run: string, options: SquareOptions, kept: ReadonlyMap<string, Kept>) {
    this.#run = run;
    this.#options = options;
    this.#kept = kept;
  }

  /** @param run its folder; what was kept for other options, or cannot be read, is as if it were not there */
  static async open(run: string, options: SquareOptions): Promise<SquareCache> {
    return new SquareCache(run, options, await readKept(run, options));
  }

  /** The square of a file; undefined when it is not kept, or the file is another since. */
  async find(path: string): Promise<Uint8Array | undefined> {
    const file = await stat(path).catch(() => undefined);
    if (!file) return undefined;
    this.#asked.set(path, { path, modified: file.mtimeMs, bytes: file.size });
    const kept = this.#kept.get(path);
    return kept?.modified === file.mtimeMs && kept.bytes === file.size ? kept.square : undefined;
  }

  /** Keeps these squares, and no others. @param paths of the pictures of the set */
  async keep({ values }: PictureSet, paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => this.#asked.get(path) ?? { path, modified: 0, bytes: 0 });
    await replaceFile(pathIn(this.#run), [`${JSON.stringify({ ...this.#options, files })}\n`, values]);
  }
}

/** Nothing will go on with the run any more. */
export async function forgetSquares(run: string): Promise<void> {
  await rm(pathIn(run), { force: true });
}

async function readKept(run: string, options: SquareOptions): Promise<Map<string, Kept>> {
  const bytes = await readFile(pathIn(run)).catch(() => Buffer.alloc(0));
  const end = bytes.indexOf(newline);
  const { data } = factsSchema.safeParse(parseJson(bytes.toString('utf8', 0, Math.max(0, end))));
  const values = bytes.subarray(end + 1);
  const length = pictureLength(options);
  const isSame =
    data?.size === options.size && data.channels === options.channels && data.fit === options.fit;
  if (!isSame || values.length !== data.files.length * length) return new Map();
  return new Map(
    data.files.map((file, index) => {
      const square = values.subarray(index * length, (index + 1) * length);
      return [file.path, { ...file, square }];
    }),
  );
}
