/** One picture after the other; a bad one never stops the rest. */
import { mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ComputeHost } from '../compute/host.ts';
import type { ComputeMethods, SaveReport } from '../compute/protocol.ts';
import { Eta } from '../jobs/eta.ts';
import { retryNote } from '../jobs/retry.ts';
import { RelumeError, toFailure } from '../library/failure.ts';
import type { PictureFiles } from '../library/picture-files.ts';
import { type DenoiseRecord, doneRecord, failedRecord, Report } from './denoise-report.ts';
import { exitStatus } from './exit-status.ts';
import { barText } from './progress-line.ts';
import { withCompute } from './session.ts';

/** Everything that is asked for but the picture. */
export type DenoiseSettings = Omit<ComputeMethods['save']['params'], 'path'>;

/**
 * Denoises the pictures in turn and reports each.
 *
 * @returns the exit status: 0 all done, 1 some failed
 * @throws {RelumeError} 'cancelled' on Ctrl-C; pictures that are done stay done
 */
export async function denoiseFiles(
  { files, refused }: PictureFiles,
  settings: DenoiseSettings,
  json: boolean,
): Promise<number> {
  const report = new Report(json);
  const models = modelsOf(settings);
  for (const { path, reason } of refused) report.add(failedRecord(path, models, reason));
  try {
    await withCompute(async (compute, signal) => {
      for (const file of files) report.add(await denoiseFile(compute, file, settings, report, signal));
    });
  } finally {
    report.end();
  }
  return report.failed > 0 ? exitStatus.failed : exitStatus.done;
}

/** @throws {RelumeError} 'cancelled' */
async function denoiseFile(
  compute: ComputeHost,
  file: string,
  settings: DenoiseSettings,
  report: Report,
  signal: AbortSignal,
): Promise<DenoiseRecord> {
  const attempt = (device: DenoiseSettings['device']): Promise<SaveReport> => {
    const eta = new Eta();
    const params = { ...settings, path: resolve(file), device };
    return compute.call('save', params, {
      signal,
      onProgress: ({ progress }) =>
        report.progress(barText(basename(file), progress, eta.update(progress, performance.now() / 1000))),
    });
  };
  try {
    if (settings.folder !== undefined) await makeFolder(settings.folder);
    const saved = await attempt(settings.device).catch(async (error: unknown) => {
      const note = signal.aborted ? undefined : retryNote(toFailure(error));
      if (note === undefined) throw error;
      return { ...(await attempt('cpu')), note };
    });
    if (saved.note !== undefined) report.note(`${basename(file)}: ${saved.note}`);
    return doneRecord(file, modelsOf(settings), saved);
  } catch (error) {
    const { code, message } = toFailure(error);
    if (signal.aborted || code === 'cancelled') throw new RelumeError({ code: 'cancelled', message });
    return failedRecord(file, modelsOf(settings), message);
  }
}

function modelsOf({ chain }: DenoiseSettings): string {
  return chain.map(({ model }) => model).join('+');
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EEXIST' ? 'a file has that name' : (error.code ?? error.message);
    throw new RelumeError({ code: 'no-folder', message: `The folder ${folder} cannot be made: ${reason}.` });
  });
}
