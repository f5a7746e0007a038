/** What was found out about pictures before, kept on disk by folder. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../library/write-file.ts';
import { type Look, lookSchema } from './look.ts';

/** A picture's file as it was looked at. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
}

const entrySchema = z.object({ size: z.number(), mtimeMs: z.number(), look: lookSchema });
/** Raised when a look holds something new or is measured differently. */
const version = 1;
const fileSchema = z.object({ version: z.literal(version), pictures: z.record(z.string(), entrySchema) });

type Entries = Map<string, z.infer<typeof entrySchema>>;

export class ScanCache {
  readonly #folder: string;
  readonly #before = new Map<string, Promise<Entries>>();
  readonly #now = new Map<string, Entries>();

  /** @param folder where the cache lies */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is known of the picture, unless the file has changed since. */
  async get(path: string, { size, mtimeMs }: FileState): Promise<Look | undefined> {
    const entry = (await this.#entries(dirname(path))).get(basename(path));
    return entry?.size === size && entry.mtimeMs === mtimeMs ? entry.look : undefined;
  }

  set(path: string, { size, mtimeMs }: FileState, look: Look): void {
    const folder = dirname(path);
    const entries = this.#now.get(folder) ?? new Map();
    this.#now.set(folder, entries.set(basename(path), { size, mtimeMs, look }));
  }

  /** Writes what is new. Pictures that were not asked about keep their place: a scan may have been of a part. */
  async save(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const [folder, entries] of this.#now) {
      const pictures = Object.fromEntries([...(await this.#entries(folder)), ...entries]);
      await replaceFile(this.#fileOf(folder), [JSON.stringify({ version, pictures })]);
      this.#before.set(folder, Promise.resolve(new Map(Object.entries(pictures))));
    }
    this.#now.clear();
  }

  #entries(folder: string): Promise<Entries> {
    const known = this.#before.get(folder) ?? this.#read(folder);
    this.#before.set(folder, known);
    return known;
  }

  async #read(folder: string): Promise<Entries> {
    // A cache that is absent or of another form is as good as none.
    const text = await readFile(this.#fileOf(folder), 'utf8').catch(() => '');
    const parsed = text === '' ? undefined : fileSchema.safeParse(parseJson(text));
    return new Map(Object.entries(parsed?.data?.pictures ?? {}));
  }

  #fileOf(folder: string): string {
    return join(this.#folder, `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
