/** `train status|pause|resume|stop`: runs that were started here, in another terminal, or in the window. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { RunSummary } from '../../preload/contract.ts';
import { RelumeError } from '../library/failure.ts';
import { runsFolder } from '../library/paths.ts';
import { ask } from '../train/run-status.ts';
import { readRuns } from '../train/run-summary.ts';
import { duration } from './progress-line.ts';
import { addCommand } from './usage.ts';

/** Trains a run that exists already. */
export type Continue = (run: RunSummary, finish: boolean) => Promise<void>;

export function addTrainControl(parent: Command, goOn: Continue): void {
  addCommand(parent, 'status', 'how runs stand')
    .argument('[run]', 'its name; all by default')
    .option('--json', 'as one JSON array')
    .action(async (name: string | undefined, { json }: { json?: true }) => {
      const runs = name === undefined ? await readRuns(runsFolder()) : [await find(name)];
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
}

async function find(name: string): Promise<RunSummary> {
  const runs = await readRuns(runsFolder());
  const run = runs.find(({ id }) => id === name);
  if (run) return run;
  const known = runs.map(({ id }) => id).join(', ') || 'none';
  throw new RelumeError({ code: 'no-such-run', message: `There is no run "${name}"; there are: ${known}.` });
}

const notRunning = (name: string) =>
  new RelumeError({ code: 'run', message: `${name} is not being trained now.` });

function lineOf({ id, state, step, steps, secondsPerStep, psnr, verdict, reason }: RunSummary): string {
  const left =
    state === 'running' && steps > 0 ? `${duration((steps - step) * secondsPerStep)} left` : undefined;
  const facts = [
    state,
    steps > 0 ? `step ${step} of ${steps}` : `step ${step}`,
    psnr !== undefined && `${psnr.toFixed(2)} dB held out`,
    left,
    verdict?.sentence ?? reason,
  ];
  return `${id}: ${facts.filter(Boolean).join(', ')}`;
}
