/** What the terminal says of training that was stopped. */
import { z } from 'zod';
import { RunFiles } from '../train/run-files.ts';

/**
 * @param run folder of the run
 * @param resumeForm the command that goes on with it
 */
export function stoppedText(run: string, resumeForm: string): string {
  const { begun } = new RunFiles(run, z.unknown());
  return begun ? `Stopped. To go on: ${resumeForm}` : 'Stopped before the first step; nothing is kept.';
}
