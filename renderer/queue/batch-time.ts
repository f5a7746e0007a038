import type { Job } from '../../preload/contract.ts';

/**
 * Seconds until all saves are done: what is left of the one in work, and for each that waits the mean time of
 * those that are done; before any is, of the one in work. Undefined until it can be known.
 *
 * @param coming how many more will wait
 */
export function batchSeconds(saves: readonly Job[], coming = 0): number | undefined {
  const running = saves.find(({ state }) => state === 'running');
  const waiting = saves.filter(({ state }) => state === 'queued').length + coming;
  const each =
    mean(saves.flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]))) ?? lengthOf(running);
  if (each === undefined) return undefined;
  const left = running && (running.secondsLeft ?? (1 - running.progress) * each);
  return (left ?? 0) + waiting * each;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How long a job takes as a whole, as far as it tells. */
function lengthOf(job: Job | undefined): number | undefined {
  if (job?.secondsLeft === undefined || job.progress >= 1) return undefined;
  return job.secondsLeft / (1 - job.progress);
}
