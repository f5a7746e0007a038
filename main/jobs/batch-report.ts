/** What became of the saves, for a person and for a program. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../preload/contract.ts';
import { replaceFile } from '../library/write-file.ts';

/** The saves that came to an end, and how. */
function endedSaves(jobs: readonly Job[]): Job[] {
  const ended: readonly Job['state'][] = ['done', 'failed', 'cancelled'];
  return jobs.filter(({ kind, state }) => kind === 'save' && ended.includes(state));
}

/** One line for the whole, and one for each file with where it went, or why it did not. */
export function reportText(jobs: readonly Job[]): string {
  const saves = endedSaves(jobs);
  const count = (state: Job['state']) => saves.filter((job) => job.state === state).length;
  const head = `${count('done')} saved, ${count('failed')} failed, ${count('cancelled')} cancelled`;
  const lines = saves.map(({ file, state, output, reason, note }) => {
    const outcome =
      output ?? (state === 'cancelled' ? 'cancelled' : `failed: ${reason ?? 'no reason is known'}`);
    return `${file}: ${outcome}${note === undefined ? '' : ` (${note})`}`;
  });
  return `${[head, ...lines].join('\n')}\n`;
}

/**
 * Writes the report twice, as text and as JSON beside it.
 *
 * @param stamp makes the names unique, e.g. a date
 * @returns path of the text
 */
export async function writeReport(folder: string, stamp: string, jobs: readonly Job[]): Promise<string> {
  const rows = endedSaves(jobs).map(({ file, state, output, reason, note, device, seconds }) => ({
    file,
    state,
    output,
    reason,
    note,
    device,
    seconds,
  }));
  await mkdir(folder, { recursive: true });
  const path = join(folder, `report-${stamp}.txt`);
  await replaceFile(join(folder, `report-${stamp}.json`), [`${JSON.stringify(rows, undefined, 2)}\n`]);
  await replaceFile(path, [reportText(jobs)]);
  return path;
}
