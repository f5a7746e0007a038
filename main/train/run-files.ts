/** A training run on disk: what it is (run.json), its log of every step, and its checkpoints. */
import { existsSync } from 'node:fs';
import { appendFile, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { networkNames } from '../../models/networks.ts';
import { trainingTaskSchema } from '../../preload/contract.ts';
import { decodeSafetensors, encodeSafetensors } from '../engine/safetensors.ts';
import type { TrainingState } from '../engine/trainer.ts';
import { makeFolder } from '../library/make-folder.ts';
import { replaceFile } from '../library/write-file.ts';

/** Batches of one shape. */
export const stageSchema = z.object({
  patches: z.number().int().positive(),
  /** Side of a patch of the result, pixels. */
  size: z.number().int().positive(),
});

export type Stage = z.infer<typeof stageSchema>;

export const runSchema = z.object({
  kind: z.literal('restore').default('restore'),
  name: z.string(),
  folder: z.string(),
  seed: z.number().int(),
  task: trainingTaskSchema,
  network: z.enum(networkNames),
  /** One after the other, each for its share of the steps: small patches teach fast, large ones finish. */
  stages: z
    .array(stageSchema.extend({ share: z.number().positive().max(1) }))
    .min(1)
    .readonly(),
  /** The model whose weights it began with; absent when it began from chance. */
  from: z.string().optional(),
  learningRate: z.number().positive(),
  /** At most this much work is lost when the process dies. */
  checkpointSeconds: z.number().positive(),
  /** Steps in all; absent until a time budget has been turned into steps. */
  steps: z.number().int().positive().optional(),
  minutes: z.number().positive().optional(),
  /** Steps between two measurements on held-out photos. */
  evaluationSteps: z.number().int().positive().default(500),
});

export type Run = z.infer<typeof runSchema>;

/** What the run.json of every kind of training says of how far and how fast it goes. */
export type Pace = Pick<
  Run,
  'name' | 'learningRate' | 'checkpointSeconds' | 'evaluationSteps' | 'steps' | 'minutes'
>;

/** A run that cannot be started or gone on with. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code = 'run';
}

export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  readonly state: TrainingState;
}

/** The weights that did best on held-out pictures. */
export interface Best {
  readonly step: number;
  /** Higher is better: the PSNR of restorers, the loss of generators with its sign turned. */
  readonly score: number;
  readonly ema: Float32Array;
}

/** What held-out pictures say at a step. */
export interface Measured {
  readonly step: number;
  /** Held-out PSNR. */
  readonly psnr?: number;
  /** The held-out loss with its parts. */
  readonly heldOut?: Readonly<Record<string, number>>;
}

/** A step, with what was measured after it, if anything was. */
export interface LogEntry extends Measured {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly seconds: number;
  /** Parts of the loss. */
  readonly parts?: Readonly<Record<string, number>>;
  /** What happened at this step that the person should know, such as a device that failed. */
  readonly note?: string;
}

/** @typeParam R what run.json says: each kind of training has its own schema */
export class RunFiles<R> {
  readonly folder: string;
  readonly #schema: z.ZodType<R>;

  constructor(folder: string, schema: z.ZodType<R>) {
    this.folder = folder;
    this.#schema = schema;
  }

  /** Whether there is anything to go on from: a run that never came to a step may be made anew. */
  get begun(): boolean {
    return existsSync(join(this.folder, 'log.jsonl')) || existsSync(this.#newest);
  }

  async writeRun(run: R): Promise<void> {
    await makeFolder(join(this.folder, 'checkpoint'));
    await replaceFile(join(this.folder, 'run.json'), [`${JSON.stringify(run, null, 2)}\n`]);
  }

  /** @throws RunError when there is no such run or its file is damaged */
  async readRun(): Promise<R> {
    const path = join(this.folder, 'run.json');
    try {
      return this.#schema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      throw new RunError(`${path} cannot be read as a training run: ${String(error)}`);
    }
  }

  async log(entries: readonly (LogEntry | Measured)[]): Promise<void> {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await appendFile(join(this.folder, 'log.jsonl'), lines);
  }

  /** Drops what was logged after a step that is gone back to. */
  async trimLog(step: number): Promise<void> {
    const path = join(this.folder, 'log.jsonl');
    const text = await readFile(path, 'utf8').catch(() => '');
    // A line that a crash cut short is dropped with those behind it.
    const kept = text.split('\n').filter((line) => stepOf(line) <= step);
    await replaceFile(
      path,
      kept.map((line) => `${line}\n`),
    );
  }

  async writeBest(best: Best): Promise<void> {
    const { step, score, ema } = best;
    const tensors = new Map([['ema', { shape: [ema.length], values: ema }]]);
    const metadata = { step: String(step), score: String(score) };
    await replaceFile(this.#best, encodeSafetensors({ tensors, metadata }));
  }

  /** The best weights so far; undefined when none were kept or they cannot be read. */
  async readBest(count: number): Promise<Best | undefined> {
    const bytes = await readFile(this.#best).catch(() => undefined);
    if (!bytes) return undefined;
    const { tensors, metadata } = decodeSafetensors(bytes);
    const ema = tensors.get('ema')?.values;
    // Runs that are older than the generators' have a PSNR for a score.
    const facts = bestFactsSchema.safeParse({ score: metadata.psnr, ...metadata });
    return ema?.length === count && facts.success ? { ...facts.data, ema } : undefined;
  }

  /** Keeps the checkpoint before this one, in case the newest turns out damaged. */
  async writeCheckpoint({ step, state }: Checkpoint): Promise<void> {
    const tensors = Object.entries(state).map(
      ([name, values]) => [name, { shape: [values.length], values }] as const,
    );
    const parts = encodeSafetensors({ tensors: new Map(tensors), metadata: { step: String(step) } });
    if (existsSync(this.#newest)) await rename(this.#newest, this.#previous);
    await replaceFile(this.#newest, parts);
  }

  /**
   * The newest checkpoint that can be read; undefined when none was ever written.
   *
   * @throws RunError when there are checkpoints and all are damaged: starting again would lose them for good
   */
  async readCheckpoint(count: number): Promise<Checkpoint | undefined> {
    const reasons: string[] = [];
    for (const path of [this.#newest, this.#previous].filter((file) => existsSync(file))) {
      try {
        return await readCheckpoint(path, count);
      } catch (error) {
        reasons.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (reasons.length > 0) throw new RunError(`No checkpoint can be read. ${reasons.join('; ')}`);
    return undefined;
  }

  get #best(): string {
    return join(this.folder, 'checkpoint', 'best.safetensors');
  }

  get #newest(): string {
    return join(this.folder, 'checkpoint', 'newest.safetensors');
  }

  get #previous(): string {
    return join(this.folder, 'checkpoint', 'previous.safetensors');
  }
}

const bestFactsSchema = z.object({ step: z.coerce.number(), score: z.coerce.number() });
const stepSchema = z.object({ step: z.number() });

function stepOf(line: string): number {
  try {
    return stepSchema.parse(JSON.parse(line)).step;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

async function readCheckpoint(path: string, count: number): Promise<Checkpoint> {
  const { tensors, metadata } = decodeSafetensors(await readFile(path));
  const vector = (name: string): Float32Array => {
    const tensor = tensors.get(name);
    if (tensor?.values.length !== count) throw new RunError(`${path} does not fit this network.`);
    return tensor.values;
  };
  const step = z.coerce.number().int().nonnegative().parse(metadata.step);
  return {
    step,
    state: { parameters: vector('parameters'), m: vector('m'), v: vector('v'), ema: vector('ema') },
  };
}
