/** A run's curves, read from its log as that grows. */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

type Point = [step: number, value: number];

export interface Curves {
  readonly loss: Point[];
  readonly psnr: Point[];
}

const entrySchema = z.object({ step: z.number(), loss: z.number(), psnr: z.number().optional() });

export class RunLog {
  readonly #path: string;
  #read = 0;
  #rest = '';
  #loss: Point[] = [];
  #psnr: Point[] = [];

  /** @param folder of the run */
  constructor(folder: string) {
    this.#path = join(folder, 'log.jsonl');
  }

  /** The curves so far, thinned out to at most `points` means of equally many steps. */
  async curves(points: number): Promise<Curves> {
    await this.#catchUp();
    return { loss: thinned(this.#loss, points), psnr: this.#psnr };
  }

  async #catchUp(): Promise<void> {
    const size = (await stat(this.#path).catch(() => undefined))?.size ?? 0;
    if (size < this.#read) this.#forget();
    if (size === this.#read) return;
    const file = await open(this.#path);
    try {
      const bytes = Buffer.alloc(size - this.#read);
      await file.read(bytes, 0, bytes.length, this.#read);
      this.#read = size;
      this.#take(this.#rest + bytes.toString('utf8'));
    } finally {
      await file.close();
    }
  }

  /** A run that went back to a checkpoint has a shorter log. */
  #forget(): void {
    this.#read = 0;
    this.#rest = '';
    this.#loss = [];
    this.#psnr = [];
  }

  #take(text: string): void {
    const lines = text.split('\n');
    // The last line may be half written.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const { step, loss, psnr } = entrySchema.safeParse(parseJson(line)).data ?? {};
      if (step === undefined || loss === undefined) continue;
      this.#loss.push([step, loss]);
      if (psnr !== undefined) this.#psnr.push([step, psnr]);
    }
  }
}

function thinned(values: readonly Point[], points: number): Point[] {
  const size = Math.max(1, Math.ceil(values.length / points));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i): Point => {
    const part = values.slice(i * size, (i + 1) * size);
    const mean = (place: 0 | 1) => part.reduce((sum, point) => sum + point[place], 0) / part.length;
    return [Math.round(mean(0)), mean(1)];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
