/** `train status|pause|resume|stop|delete`: runs that were started here, in another terminal, or in the window. */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { GeneratorRunSummary, RunSummary } from '../../preload/contract.ts';
import { readGeneratorRuns } from '../generate/run-summary.ts';
import { RelumeError } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import { deleteRun } from '../train/delete-run.ts';
import { ask } from '../train/run-status.ts';
import { hasModel, readRuns } from '../train/run-summary.ts';
import { duration } from './progress-line.ts';
import { addCommand } from './usage.ts';

/** A run of either kind of training. */
type AnyRun = RunSummary | GeneratorRunSummary;

/** Trains a run that exists already. */
export type Continue = (run: AnyRun, finish: boolean) => Promise<void>;

export function addTrainControl(parent: Command, goOn: Continue): void {
  addCommand(parent, 'status', 'how runs stand')
    .argument('[run]', 'its name; all by default')
    .option('--json', 'as one JSON array')
    .action(async (name: string | undefined, { json }: { json?: true }) => {
      const runs = name === undefined ? await allRuns() : [await find(name)];
      process.stdout.write(
        json ? `${JSON.stringify(runs)}\n` : runs.map((run) => `${lineOf(run)}\n`).join(''),
      );
    });
  addCommand(parent, 'pause', 'pause a run, wherever it is trained')
    .argument('<run>', 'its name')
    .action(async (name: string) => {
      if ((await find(name)).state === 'running') await ask(join(runsFolder(), name), 'pause');
      else throw notRunning(name);
    });
  addCommand(parent, 'resume', 'go on with a paused run')
    .argument('<run>', 'its name')
    .action(async (name: string) => goOn(await find(name), false));
  addCommand(parent, 'stop', 'end a run where it is, and keep the best it had as a model')
    .argument('<run>', 'its name')
    .action(async (name: string) => {
      const run = await find(name);
      if (run.state === 'running') await ask(join(runsFolder(), name), 'stop');
      else await goOn(run, true);
    });
  const removal = addCommand(parent, 'delete', 'delete a run that is not wanted any more; its model stays')
    .argument('<run>', 'its name')
    .option('--yes', 'without asking')
    .action(async (name: string, { yes }: { yes?: true }) => {
      await find(name);
      if (!yes && !process.stdin.isTTY) removal.error('error: nobody can be asked here: say --yes');
      if (!yes && !(await agreed(`Delete ${name}? ${lossOf(name)}`))) return;
      await deleteRun(join(runsFolder(), name));
      const kept = hasModel(name) ? ` The model ${name} is kept.` : '';
      process.stdout.write(`${name} is deleted.${kept}\n`);
    });
}

async function agreed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

/** What goes with a run. */
function lossOf(name: string): string {
  return hasModel(name)
    ? 'Its curves and checkpoints go, so it cannot be gone on with; its model stays.'
    : 'All that it has learnt goes with it: it has not become a model.';
}

/** Those that restore, then those that generate, the newest first. */
async function allRuns(): Promise<AnyRun[]> {
  const folder = runsFolder();
  return [...(await readRuns(folder)), ...(await readGeneratorRuns(folder))];
}

async function find(name: string): Promise<AnyRun> {
  const runs = await allRuns();
  const run = runs.find(({ id }) => id === name);
  if (run) return run;
  const known = runs.map(({ id }) => id).join(', ') || 'none';
  throw new RelumeError({ code: 'no-such-run', message: `There is no run "${name}"; there are: ${known}.` });
}

const notRunning = (name: string) =>
  new RelumeError({ code: 'run', message: `${name} is not being trained now.` });

function lineOf(run: AnyRun): string {
  const { id, state, step, steps, secondsPerStep, reason, phase, note } = run;
  const left =
    state === 'running' && steps > 0 ? `${duration((steps - step) * secondsPerStep)} left` : undefined;
  const facts = [
    state,
    phase && `${phase.name} ${Math.round(100 * phase.share)} %`,
    steps > 0 ? `step ${step} of ${steps}` : `step ${step}`,
    measured(run),
    left,
    (run.kind === 'restore' && run.verdict?.sentence) || reason,
  ];
  return `${id}: ${facts.filter(Boolean).join(', ')}${note === undefined ? '' : `\n  ${note}`}`;
}

/** What it reached on held-out pictures. */
function measured(run: AnyRun): string | undefined {
  if (run.kind === 'restore') {
    return run.psnr === undefined ? undefined : `${run.psnr.toFixed(2)} dB held out`;
  }
  return run.measured?.loss === undefined ? undefined : `loss ${run.measured.loss.toPrecision(4)} held out`;
}
