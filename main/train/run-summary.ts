/** Runs as a list shows them, whoever trains them. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { RunStatus, RunSummary } from '../../preload/contract.ts';
import { ownModels } from '../library/paths.ts';
import { type Pace, RunFiles, runSchema } from './run-files.ts';
import { isOwned } from './run-lock.ts';
import { unstarted } from './run-recorder.ts';
import { readStatus } from './run-status.ts';
import { readVerdict } from './verdict-file.ts';

/** Every run that restores, the newest first. */
export function readRuns(folder: string): Promise<RunSummary[]> {
  return listRuns(folder, runSchema, async (run, status, path) => {
    const verdict = await readVerdict(path);
    return {
      ...status,
      kind: 'restore',
      id: run.name,
      task: run.task,
      folder: run.folder,
      ...(run.from !== undefined && { from: run.from }),
      ...(run.minutes !== undefined && { minutes: run.minutes }),
      ...(verdict && { verdict }),
      ...(hasModel(run.name) && { model: join(ownModels(), run.name, 'model.onnx') }),
    };
  });
}

/**
 * Every run of one kind of training, the newest first. Folders of other kinds, or of none, are passed over.
 *
 * @param summary of a run in its folder
 */
export async function listRuns<R extends Pace, S>(
  folder: string,
  schema: z.ZodType<R>,
  summary: (run: R, status: RunStatus, path: string) => Promise<S>,
): Promise<S[]> {
  const names = await readdir(folder).catch(() => []);
  const runs = names.map(async (name) => {
    const path = join(folder, name);
    const run = await new RunFiles(path, schema).readRun().catch(() => undefined);
    if (!run) return [];
    const { birthtimeMs } = await stat(path);
    return [{ began: birthtimeMs, summary: await summary(run, await statusNow(path, run), path) }];
  });
  return (await Promise.all(runs))
    .flat()
    .sort((a, b) => b.began - a.began)
    .map((run) => run.summary);
}

/** Whether a run has become a model: its card is written last. */
export function hasModel(name: string): boolean {
  return existsSync(join(ownModels(), name, 'card.json'));
}

/** A status that says "running" holds only while its owner lives. */
async function statusNow(folder: string, { steps = 0 }: Pace): Promise<RunStatus> {
  const owned = await isOwned(folder);
  const status = await readStatus(folder);
  if (!status) return { ...unstarted, steps, state: owned ? 'running' : 'paused' };
  if (status.state !== 'running' || owned) return status;
  const { phase: _, ...rest } = status;
  return { ...rest, state: 'paused', reason: 'It was interrupted; at most a minute of work is lost.' };
}
