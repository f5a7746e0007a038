/** What is said about each picture: an object for programs, or a line for people. */
import { z } from 'zod';
import type { SaveReport } from '../compute/protocol.ts';
import { ProgressLine } from './progress-line.ts';

const seconds = z.object({
  decode: z.number(),
  network: z.number(),
  encode: z.number(),
  total: z.number(),
});

/** A line of `--json`. What is not known of a picture that failed is null. */
export const restoreRecordSchema = z.strictObject({
  /** As it was given. */
  file: z.string(),
  /** How many jobs of the same picture come before it in a saved queue. */
  turn: z.number().int().default(0),
  /** Absolute path of the result. */
  output: z.string().nullable(),
  status: z.enum(['done', 'failed']),
  /** One sentence; null when done. */
  reason: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Noise level that the network was told, 8-bit levels; null where it is not told one. */
  sigma: z.number().nullable(),
  model: z.string(),
  /** By name. */
  device: z.string().nullable(),
  seconds: seconds.nullable(),
  /** What the person should know of how it was made. */
  note: z.string().nullable().default(null),
  peakMemoryMB: z.number().nullable(),
});

export type RestoreRecord = z.infer<typeof restoreRecordSchema>;

/** What a record is about. */
type RecordFacts = Pick<RestoreRecord, 'file' | 'turn' | 'model'>;

export function doneRecord({ file, turn, model }: RecordFacts, report: SaveReport): RestoreRecord {
  const { output, width, height, device, peakMemoryMB } = report;
  const { decode, network, encode, total } = report.seconds;
  return {
    file,
    turn,
    output,
    status: 'done',
    reason: null,
    width,
    height,
    sigma: report.sigma === undefined ? null : rounded(report.sigma, 2),
    model,
    device,
    seconds: {
      decode: rounded(decode, 3),
      network: rounded(network, 3),
      encode: rounded(encode, 3),
      total: rounded(total, 3),
    },
    note: report.note ?? null,
    peakMemoryMB,
  };
}

export function failedRecord({ file, turn, model }: RecordFacts, reason: string): RestoreRecord {
  return {
    file,
    turn,
    output: null,
    status: 'failed',
    reason,
    width: null,
    height: null,
    sigma: null,
    model,
    device: null,
    seconds: null,
    note: null,
    peakMemoryMB: null,
  };
}

/** Results go to standard output, everything else to standard error. */
export class Report {
  readonly #json: boolean;
  readonly #line = new ProgressLine();
  #done = 0;
  #failed = 0;

  constructor(json: boolean) {
    this.#json = json;
  }

  get failed(): number {
    return this.#failed;
  }

  progress(text: string): void {
    this.#line.show(text);
  }

  note(text: string): void {
    this.#line.clear();
    process.stderr.write(`${text}\n`);
  }

  add(record: RestoreRecord): void {
    this.#line.clear();
    if (record.status === 'done') this.#done++;
    else this.#failed++;
    if (this.#json) process.stdout.write(`${JSON.stringify(record)}\n`);
    else if (record.status === 'done') process.stdout.write(`${sentence(record)}\n`);
    if (record.reason !== null) this.note(inOneLine(record.reason));
  }

  /** Counts, when there was more than one picture. */
  end(): void {
    this.#line.clear();
    if (this.#done + this.#failed > 1) this.note(`${this.#done} done, ${this.#failed} failed`);
  }
}

function sentence({ file, output, sigma, device, seconds }: RestoreRecord): string {
  const noise = sigma === null ? '' : `noise ${sigma.toFixed(1)}, `;
  return `${inOneLine(file)} → ${inOneLine(output ?? '')}  (${noise}${seconds?.total.toFixed(1)} s, ${device})`;
}

/** What names may hold but a line may not: line breaks, and what terminals obey. */
function inOneLine(text: string): string {
  return text.replaceAll(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
