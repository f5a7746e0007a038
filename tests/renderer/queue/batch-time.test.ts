import { expect, it } from 'vitest';
import type { Job } from '../../../preload/contract.ts';
import { batchSeconds } from '../../../renderer/queue/batch-time.ts';

const save = (facts: Partial<Job>): Job => ({
  id: '',
  kind: 'save',
  picture: '',
  file: '',
  state: 'queued',
  progress: 0,
  ...facts,
});
const waiting = save({});
const done = (seconds: number) => save({ state: 'done', progress: 1, seconds });

it('is not known before anything tells how long a picture takes', () => {
  expect(batchSeconds([waiting, waiting])).toBeUndefined();
  expect(batchSeconds([save({ state: 'running', progress: 0.1 }), waiting])).toBeUndefined();
});

it('takes the first picture as the measure of the others', () => {
  // A quarter is done and 30 s are left: 40 s a picture, and two more.
  expect(batchSeconds([save({ state: 'running', progress: 0.25, secondsLeft: 30 }), waiting, waiting])).toBe(
    110,
  );
});

it('takes the mean of those that are done as soon as there are any', () => {
  const running = save({ state: 'running', progress: 0.5, secondsLeft: 7 });
  expect(batchSeconds([done(10), done(20), running, waiting, waiting])).toBe(7 + 2 * 15);
});

it('counts what was cancelled or has failed as nothing', () => {
  expect(batchSeconds([done(10), save({ state: 'failed' }), save({ state: 'cancelled' }), waiting])).toBe(10);
  expect(batchSeconds([done(10)])).toBe(0);
});
