/** `--save-jobs` writes what a command would do into a file, and `--jobs` does it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Refused } from '../../preload/contract.ts';
import { readQueue, writeQueue } from '../jobs/saved-queue.ts';
import { findModel } from '../library/models.ts';
import { exitStatus } from './exit-status.ts';
import { type Reporting, type RestoreJob, restoreFiles } from './restore-files.ts';
import { programName } from './usage.ts';

/**
 * @returns the exit status: 1 where some pictures were refused
 * @throws {RelumeError} 'exists', 'write-failed'
 */
export async function writeSavedJobs(
  path: string,
  jobs: readonly RestoreJob[],
  refused: readonly Refused[],
): Promise<number> {
  await writeQueue(
    path,
    jobs.map((job) => ({ path: resolve(job.path), ...job.settings })),
  );
  for (const { reason } of refused) process.stderr.write(`${reason}\n`);
  const count = jobs.length === 1 ? '1 job was' : `${jobs.length} jobs were`;
  process.stdout.write(`${count} written. To do them: ${programName} restore --jobs ${path}\n`);
  return refused.length > 0 ? exitStatus.failed : exitStatus.done;
}

/** What may stand beside --jobs. */
const besideJobs: readonly string[] = ['jobs', 'report', 'resume', 'json'];

/**
 * Does what a file says; what became of it is reported in 'FILE.report', unless another report is named.
 *
 * @throws {RelumeError} 'bad-jobs', 'no-such-model'; as `restoreFiles` does
 */
export async function runSavedJobs(
  command: Command,
  paths: readonly string[],
  file: string,
  { report = `${file}.report`, resume, json }: Reporting,
): Promise<void> {
  const excluded = command.options.find(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === 'cli' &&
      !besideJobs.includes(option.attributeName()),
  );
  if (paths.length > 0 || excluded)
    return command.error(`error: --jobs excludes ${excluded?.long ?? 'files and folders'}: the file says it`);
  const queue = await readQueue(file);
  const models = new Set(queue.flatMap(({ chain }) => chain.map(({ model }) => model)));
  for (const model of models) await findModel(model);
  const jobs = queue.map(({ path, ...settings }) => ({ path, settings }));
  process.exitCode = await restoreFiles(jobs, [], { json, report, resume });
}
