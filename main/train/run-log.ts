/** A run's curves, read from its log as that grows. */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

type Point = [step: number, value: number];

export interface Curves {
  readonly loss: Point[];
  readonly psnr: Point[];
}

/** Values by their names, e.g. loss and kl. */
type NamedCurves = Record<string, Point[]>;

const values = z.record(z.string(), z.number());
const entrySchema = z.object({
  step: z.number(),
  /** Absent where there was no step, only a measurement. */
  loss: z.number().optional(),
  psnr: z.number().optional(),
  parts: values.optional(),
  heldOut: values.optional(),
});

export class RunLog {
  readonly #path: string;
  #read = 0;
  #rest = '';
  #training: NamedCurves = {};
  #heldOut: NamedCurves = {};

  /** @param folder of the run */
  constructor(folder: string) {
    this.#path = join(folder, 'log.jsonl');
  }

  /** The curves so far, thinned out to at most `points` means of equally many steps. */
  async curves(points: number): Promise<Curves> {
    await this.#catchUp();
    const { loss = [] } = this.#training;
    const { psnr = [] } = this.#heldOut;
    return { loss: thinned(loss, points), psnr };
  }

  /** The loss and its parts: of the steps, thinned out as well, and of held-out pictures. */
  async parts(points: number): Promise<{ training: NamedCurves; heldOut: NamedCurves }> {
    await this.#catchUp();
    const training = Object.entries(this.#training).map(([name, curve]) => [name, thinned(curve, points)]);
    return { training: Object.fromEntries(training), heldOut: this.#heldOut };
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
    this.#training = {};
    this.#heldOut = {};
  }

  #take(text: string): void {
    const lines = text.split('\n');
    // The last line may be half written.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const entry = entrySchema.safeParse(parseJson(line)).data;
      if (!entry) continue;
      const { step, loss, psnr, parts, heldOut } = entry;
      if (loss !== undefined) addTo(this.#training, step, { loss, ...parts });
      addTo(this.#heldOut, step, { ...heldOut, ...(psnr !== undefined && { psnr }) });
    }
  }
}

function addTo(curves: NamedCurves, step: number, named: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(named)) {
    const curve = curves[name] ?? [];
    // Measured again where it had been before.
    if (curve.at(-1)?.[0] === step) curve.pop();
    curve.push([step, value]);
    curves[name] = curve;
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
