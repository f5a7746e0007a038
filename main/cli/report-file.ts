/** What became of every picture of a batch, in a file that survives a crash. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RelumeError } from '../library/failure.ts';
import { writingReason } from '../library/system-reason.ts';
import { type RestoreRecord, restoreRecordSchema } from './restore-report.ts';

/** One JSON object a line while it goes on; a readable list beside it, FILE.txt, at the end. */
export class ReportFile {
  readonly #path: string;
  readonly #records: RestoreRecord[];

  private constructor(path: string, records: RestoreRecord[]) {
    this.#path = path;
    this.#records = records;
  }

  /**
   * @param resume whether to go on from what the file says; it begins anew otherwise
   * @throws {RelumeError} 'write-failed' when the file cannot be written
   */
  static async open(path: string, resume: boolean): Promise<ReportFile> {
    const records = resume ? await readRecords(path) : [];
    const file = new ReportFile(path, records);
    await file.#write(() => writeFile(path, records.map(line).join('')));
    return file;
  }

  /** Whether a picture was restored in that turn. */
  isDone(path: string, turn: number): boolean {
    return this.#records.some(
      (each) => each.status === 'done' && each.turn === turn && resolve(each.file) === path,
    );
  }

  async add(record: RestoreRecord): Promise<void> {
    this.#records.push(record);
    await this.#write(() => appendFile(this.#path, line(record)));
  }

  async end(): Promise<void> {
    const failed = this.#records.filter(({ status }) => status === 'failed');
    const text = [
      `${this.#records.length - failed.length} done, ${failed.length} failed`,
      ...this.#records.map(
        ({ file, output, reason, note }) =>
          `${file}: ${output ?? reason}${note === null ? '' : ` (${note})`}`,
      ),
    ];
    await this.#write(() => writeFile(`${this.#path}.txt`, `${text.join('\n')}\n`));
  }

  async #write(writing: () => Promise<void>): Promise<void> {
    await writing().catch((error: unknown) => {
      const message = `The report ${this.#path} cannot be written: ${writingReason(error)}.`;
      throw new RelumeError({ code: 'write-failed', message });
    });
  }
}

const line = (record: RestoreRecord) => `${JSON.stringify(record)}\n`;

/** The records of an earlier run that were written whole; a crash can cut the last one short. */
async function readRecords(path: string): Promise<RestoreRecord[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((each) => {
    const parsed = restoreRecordSchema.safeParse(parsedJson(each));
    return parsed.success && parsed.data.status === 'done' ? [parsed.data] : [];
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
