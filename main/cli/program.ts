/** The commands, and how every one of them ends. */
import { Command, CommanderError } from 'commander';
import { toFailure } from '../library/failure.ts';
import { makeHome } from '../library/make-folder.ts';
import { appVersion } from '../library/version.ts';
import { addDataset } from './dataset-command.ts';
import { addDevices } from './devices-command.ts';
import { addEngine } from './engine-command.ts';
import { addEvaluate } from './evaluate-command.ts';
import { exitStatus } from './exit-status.ts';
import { addGenerate } from './generate-command.ts';
import { addModels } from './models-command.ts';
import { addRestoring } from './restore-commands.ts';
import { addServe } from './serve-command.ts';
import { addTrain } from './train-command.ts';
import { answerWithUsage, nearestForm, programName, usageOf } from './usage.ts';

/**
 * Runs one command.
 *
 * @param args what follows the program's name
 * @returns the exit status: 0 all done, 1 some failed, 2 wrong usage, 130 stopped by Ctrl-C
 */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    const program = createProgram().version(await appVersion(), '--version', 'which Relume this is');
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? exitStatus.done);
  } catch (error) {
    if (error instanceof CommanderError) return wrongUsage(error, args);
    const failure = toFailure(error);
    if (failure.code === 'cancelled') return exitStatus.interrupted;
    process.stderr.write(`${failure.message}\n`);
    return failure.code === 'no-such-model' ? exitStatus.wrongUsage : exitStatus.failed;
  }
}

/** Every command with its options; nothing is read or run yet. */
export function createProgram(): Command {
  const program = answerWithUsage(new Command(programName))
    .description('Restore photographs, offline. Without a command, the window opens.')
    .exitOverride()
    .hook('preAction', makeHome)
    .configureHelp({ commandUsage: usageOf });
  addRestoring(program);
  addDevices(program);
  addModels(program);
  addServe(program);
  addTrain(program);
  addGenerate(program);
  addEvaluate(program);
  addDataset(program);
  addEngine(program);
  return program;
}

function wrongUsage(error: CommanderError, args: readonly string[]): number {
  if (error.exitCode === 0) return exitStatus.done;
  const form = nearestForm(args, error.message);
  if (form !== undefined) process.stderr.write(`Try: ${form}\n`);
  return exitStatus.wrongUsage;
}
