/** Runs as a list shows them, whoever trains them. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStatus, RunSummary } from '../../preload/contract.ts';
import { ownModels } from '../library/paths.ts';
import { type Run, RunFiles, runSchema } from './run-files.ts';
import { isOwned } from './run-lock.ts';
import { readStatus } from './run-status.ts';
import { readVerdict } from './verdict-file.ts';

/** Every run in the folder, the newest first. Folders of other kinds of training, or of none, are passed over. */
export async function readRuns(folder: string): Promise<RunSummary[]> {
  const names = await readdir(folder).catch(() => []);
  const runs = await Promise.all(names.map((name) => readRun(join(folder, name))));
  return runs
    .flatMap((run) => run ?? [])
    .sort((a, b) => b.began - a.began)
    .map(({ summary }) => summary);
}

async function readRun(folder: string): Promise<{ summary: RunSummary; began: number } | undefined> {
  const files = new RunFiles(folder, runSchema);
  const run = await files.readRun().catch(() => undefined);
  if (!run) return undefined;
  const { birthtimeMs } = await stat(folder);
  const verdict = await readVerdict(folder);
  return {
    began: birthtimeMs,
    summary: {
      ...(await statusNow(folder, run)),
      id: run.name,
      task: run.task,
      folder: run.folder,
      ...(run.from !== undefined && { from: run.from }),
      ...(run.minutes !== undefined && { minutes: run.minutes }),
      ...(verdict && { verdict }),
      ...(existsSync(cardOf(run)) && { model: modelFile(run.name) }),
    },
  };
}

const modelFile = (name: string) => join(ownModels(), name, 'model.onnx');
/** Written last: without it there is no model yet. */
const cardOf = ({ name }: Run) => join(ownModels(), name, 'card.json');

/** A status that says "running" holds only while its owner lives. */
async function statusNow(folder: string, { steps = 0 }: Run): Promise<RunStatus> {
  const owned = await isOwned(folder);
  const status = await readStatus(folder);
  if (!status) return { ...unstarted, steps, state: owned ? 'running' : 'paused' };
  if (status.state !== 'running' || owned) return status;
  return { ...status, state: 'paused', reason: 'It was interrupted; at most a minute of work is lost.' };
}

const unstarted = {
  step: 0,
  secondsPerStep: 0,
  waiting: 0,
  device: '',
  memoryMB: 0,
  training: 0,
  heldOut: 0,
} as const;
