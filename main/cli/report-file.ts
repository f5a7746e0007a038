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
   * @throws {RelumeError} 'exists' for a file, or one beside it, that is no report; 'write-failed'
   */
  static async open(path: string, resume: boolean): Promise<ReportFile> {
    const earlier = await readRecords(path);
    await refuseOtherList(listOf(path));
    const records = resume ? earlier.filter(({ status }) => status === 'done') : [];
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
    await this.#write(() => writeFile(listOf(this.#path), `${text.join('\n')}\n`));
  }

  async #write(writing: () => Promise<void>): Promise<void> {
    await writing().catch((error: unknown) => {
      throw unwritable(this.#path, error);
    });
  }
}

const line = (record: RestoreRecord) => `${JSON.stringify(record)}\n`;

/** The readable list beside a report. */
const listOf = (path: string) => `${path}.txt`;

/**
 * The records of an earlier run; a crash can cut the last one short.
 *
 * @throws {RelumeError} 'exists' when the file is something else
 */
async function readRecords(path: string): Promise<RestoreRecord[]> {
  const lines = (await textAt(path)).split('\n');
  const last = lines.pop() ?? '';
  const records = lines.map(recordIn);
  if (!begin.startsWith(last.slice(0, begin.length)) || !records.every((each) => each !== undefined))
    throw taken(path);
  const whole = recordIn(last);
  return whole ? [...records, whole] : records;
}

const recordIn = (text: string) => restoreRecordSchema.safeParse(parsedJson(text)).data;

/** How the line of every record begins. */
const begin = '{"file":';

/** @throws {RelumeError} 'exists' when the file is there, and not what `end` writes */
async function refuseOtherList(path: string): Promise<void> {
  const text = await textAt(path);
  if (text !== '' && !/^\d+ done, \d+ failed\n/.test(text)) throw taken(path);
}

/** '' where there is no file. */
async function textAt(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    // Larger than any report.
    throw error.code?.startsWith('ERR_') ? taken(path) : unwritable(path, error);
  });
}

const unwritable = (path: string, error: unknown) =>
  new RelumeError({
    code: 'write-failed',
    message: `The report ${path} cannot be written: ${writingReason(error)}.`,
  });

const taken = (path: string) =>
  new RelumeError({
    code: 'exists',
    message: `${path} is no report of Relume's, and is not overwritten: choose another name for the report.`,
  });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
