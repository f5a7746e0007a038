/** Which waiting job comes next. */
import type { Job } from '../../preload/contract.ts';

/**
 * What a person is looking at comes first: previews of the current picture, the newest first; then saves as
 * they were asked for; then previews of pictures that were left, the newest first.
 *
 * @param waiting queued jobs, oldest first
 * @param current id of the picture whose preview was asked for last
 */
export function nextJob<T extends Pick<Job, 'kind' | 'picture'>>(
  waiting: readonly T[],
  current: string | undefined,
): T | undefined {
  return (
    waiting.findLast(({ kind, picture }) => kind === 'preview' && picture === current) ??
    waiting.find(({ kind }) => kind === 'save') ??
    waiting.at(-1)
  );
}
