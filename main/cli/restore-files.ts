/** One picture after the other; a bad one never stops the rest. */
import { basename, dirname, resolve } from 'node:path';
import type { Refused } from '../../preload/contract.ts';
import type { ComputeHost } from '../compute/host.ts';
import type { ComputeMethods, SaveReport } from '../compute/protocol.ts';
import { blaming, tasksOf } from '../devices/blame.ts';
import { Eta } from '../jobs/eta.ts';
import { retryNote } from '../jobs/retry.ts';
import { requireSpace, spaceFor } from '../library/disk-space.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import { makeFolder } from '../library/make-folder.ts';
import { exitStatus } from './exit-status.ts';
import { barText } from './progress-line.ts';
import { ReportFile } from './report-file.ts';
import { doneRecord, failedRecord, Report, type RestoreRecord } from './restore-report.ts';
import { withCompute } from './session.ts';

/** One picture with everything that is asked for. */
export interface RestoreJob {
  /** As it was given. */
  readonly path: string;
  readonly settings: RestoreSettings;
}

/** Everything that is asked for but the picture. */
export type RestoreSettings = Omit<ComputeMethods['save']['params'], 'path'>;

export interface Reporting {
  readonly json: boolean;
  /** File that keeps what was done. */
  readonly report?: string | undefined;
  /** Whether what that file says is done is left out. */
  readonly resume: boolean;
}

/**
 * Restores the pictures in turn and reports each.
 *
 * @param refused reported as failed before anything else
 * @returns the exit status: 0 all done, 1 some failed
 * @throws {RelumeError} 'cancelled' on Ctrl-C; pictures that are done stay done
 */
export async function restoreFiles(
  jobs: readonly RestoreJob[],
  refused: readonly Refused[],
  { json, report: path, resume }: Reporting,
): Promise<number> {
  const file = path === undefined ? undefined : await ReportFile.open(path, resume);
  const left = inTurns(jobs).filter(({ path, turn }) => !file?.isDone(resolve(path), turn));
  await requireRoom(left);
  const report = new Report(json);
  const add = async (record: RestoreRecord) => {
    report.add(record);
    await file?.add(record);
  };
  const before = jobs.length - left.length;
  if (before > 0)
    report.note(before === 1 ? '1 picture is done already.' : `${before} pictures are done already.`);
  try {
    for (const each of refused) await add(failedRecord({ file: each.path, model: '', turn: 0 }, each.reason));
    const eta = new Eta();
    await withCompute(async (compute, signal) => {
      for (const [index, each] of left.entries()) {
        const show = (progress: number) => {
          const share = (index + progress) / left.length;
          const seconds = eta.update(share, performance.now() / 1000);
          const place = left.length === 1 ? '' : `${index + 1} of ${left.length}  `;
          report.progress(barText(`${place}${basename(each.path)}`, share, seconds));
        };
        await add(await restoreFile(compute, each, { report, show }, signal));
      }
    });
  } finally {
    report.end();
    await file?.end();
  }
  return report.failed > 0 ? exitStatus.failed : exitStatus.done;
}

/** A job, and how many of the same picture come before it. */
interface RestoreTurn extends RestoreJob {
  readonly turn: number;
}

function inTurns(jobs: readonly RestoreJob[]): RestoreTurn[] {
  const turns = new Map<string, number>();
  return jobs.map((job) => {
    const path = resolve(job.path);
    const turn = turns.get(path) ?? 0;
    turns.set(path, turn + 1);
    return { ...job, turn };
  });
}

/** @throws {RelumeError} 'no-space' */
async function requireRoom(jobs: readonly RestoreJob[]): Promise<void> {
  const needed = new Map<string, number>();
  for (const { path, settings } of jobs) {
    const { chain, folder, output } = settings;
    const place = resolve(folder ?? dirname(output ?? path));
    needed.set(place, (needed.get(place) ?? 0) + (await spaceFor(path, chain)));
  }
  for (const [place, bytes] of needed) await requireSpace(bytes, place);
}

interface Telling {
  readonly report: Report;
  readonly show: (progress: number) => void;
}

/** @throws {RelumeError} 'cancelled' */
async function restoreFile(
  compute: ComputeHost,
  { path, settings, turn }: RestoreTurn,
  { report, show }: Telling,
  signal: AbortSignal,
): Promise<RestoreRecord> {
  const { folder } = settings;
  const facts = { file: path, model: modelsOf(settings), turn };
  const attempt = (device: RestoreSettings['device']): Promise<SaveReport> => {
    const params = { ...settings, path: resolve(path), device };
    const work = compute.call('save', params, { signal, onProgress: ({ progress }) => show(progress) });
    return blaming(device, tasksOf(settings.chain), work);
  };
  try {
    if (folder !== undefined) await makeFolder(folder);
    const saved = await attempt(settings.device).catch(async (error: unknown) => {
      const note = signal.aborted ? undefined : retryNote(toFailure(error));
      if (note === undefined) throw error;
      return { ...(await attempt('cpu')), note };
    });
    if (saved.note !== undefined) report.note(namedNote(basename(path), saved.note));
    return doneRecord(facts, saved);
  } catch (error) {
    const { code, message } = toFailure(error);
    if (signal.aborted || code === 'cancelled') throw new RelumeError({ code: 'cancelled', message });
    return failedRecord(facts, namedNote(basename(path), message));
  }
}

/** A sentence with the picture it is about; many say so themselves. */
function namedNote(name: string, sentence: string): string {
  return sentence.includes(name) ? sentence : `${name}: ${sentence}`;
}

function modelsOf({ chain }: RestoreSettings): string {
  return chain.map(({ model }) => model).join('+');
}
