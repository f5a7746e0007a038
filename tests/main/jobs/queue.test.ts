import { expect, test } from 'vitest';
import { type Attempt, JobQueue, type Outcome, type Work } from '../../../main/jobs/queue.ts';
import { RelumeError } from '../../../main/library/failure.ts';
import type { Job } from '../../../preload/contract.ts';

/** Work that is in the test's hands. */
class HeldWork implements Work {
  readonly attempts: (Attempt & { finish: (outcome: Outcome) => void; fail: (error: Error) => void })[] = [];
  readonly kind: Job['kind'];
  readonly picture: string;
  readonly file = '/photo.jpg';

  constructor(kind: Job['kind'], picture: string) {
    this.kind = kind;
    this.picture = picture;
  }

  run = (attempt: Attempt): Promise<Outcome> =>
    new Promise((finish, fail) => {
      this.attempts.push({ ...attempt, finish, fail });
      attempt.signal.addEventListener('abort', () => fail(new RelumeError(cancelled)));
    });

  get last() {
    const attempt = this.attempts.at(-1);
    if (!attempt) throw new Error('The work was not started.');
    return attempt;
  }
}

const cancelled = { code: 'cancelled', message: 'Cancelled.' };
const crash = new RelumeError({
  code: 'compute-crashed',
  message: 'The compute process stopped: out of memory.',
});
const settle = () => new Promise((resolve) => setImmediate(resolve));
const stateOf = (queue: JobQueue, { id }: Job) => queue.jobs.find((job) => job.id === id);

test('one job runs at a time', async () => {
  const queue = new JobQueue();
  const first = new HeldWork('save', 'a');
  const second = new HeldWork('save', 'b');
  queue.add(first);
  queue.add(second);
  await settle();
  expect([first.attempts.length, second.attempts.length]).toEqual([1, 0]);
  first.last.finish({ device: 'CPU' });
  await settle();
  expect(second.attempts.length).toBe(1);
});

test('a preview of the current picture goes before waiting saves', async () => {
  const queue = new JobQueue();
  const running = new HeldWork('save', 'a');
  const waiting = new HeldWork('save', 'b');
  const preview = new HeldWork('preview', 'c');
  queue.add(running);
  await settle();
  queue.add(waiting);
  queue.add(preview);
  running.last.finish({ device: 'CPU' });
  await settle();
  expect([preview.attempts.length, waiting.attempts.length]).toEqual([1, 0]);
});

test('a job tells every step: queued, running, progress, done', async () => {
  let milliseconds = 0;
  const queue = new JobQueue(() => milliseconds);
  const told: Job[] = [];
  queue.onChange((job) => told.push(job));
  const work = new HeldWork('save', 'a');
  queue.add(work);
  await settle();
  for (const progress of [0.25, 0.5, 0.75]) {
    milliseconds += 2000;
    work.last.onProgress({ progress, device: 'CPU' });
  }
  work.last.finish({ device: 'CPU', output: '/photos/a-denoised.jpg' });
  await settle();
  expect(told.map(({ state, progress, secondsLeft }) => [state, progress, secondsLeft])).toEqual([
    ['queued', 0, undefined],
    ['running', 0, undefined],
    ['running', 0.25, undefined],
    ['running', 0.5, undefined],
    ['running', 0.75, 2],
    ['done', 1, undefined],
  ]);
  expect(told.at(-1)).toMatchObject({ device: 'CPU', output: '/photos/a-denoised.jpg', seconds: 6 });
});

test('a waiting job is cancelled at once and never starts', async () => {
  const queue = new JobQueue();
  const running = new HeldWork('save', 'a');
  const waiting = new HeldWork('save', 'b');
  queue.add(running);
  const job = queue.add(waiting);
  await settle();
  queue.cancel(job.id);
  expect(stateOf(queue, job)?.state).toBe('cancelled');
  running.last.finish({ device: 'CPU' });
  await settle();
  expect(waiting.attempts).toEqual([]);
  expect(queue.busy).toBe(false);
});

test('a running job that is cancelled ends as cancelled, without a reason', async () => {
  const queue = new JobQueue();
  const job = queue.add(new HeldWork('save', 'a'));
  await settle();
  queue.cancel(job.id);
  await settle();
  expect(stateOf(queue, job)).toMatchObject({ state: 'cancelled' });
  expect(stateOf(queue, job)).not.toHaveProperty('reason');
});

test('a job that was done before the cancel came stays done', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const job = queue.add({ ...work, run: async () => ({ device: 'CPU', output: '/a.jpg' }) });
  await settle();
  queue.cancel(job.id);
  expect(stateOf(queue, job)).toMatchObject({ state: 'done', output: '/a.jpg' });
});

test('closing a picture stops its previews and leaves its saves', async () => {
  const queue = new JobQueue();
  const preview = queue.add(new HeldWork('preview', 'a'));
  const save = queue.add(new HeldWork('save', 'a'));
  await settle();
  queue.cancelPreviews('a');
  await settle();
  expect([stateOf(queue, preview)?.state, stateOf(queue, save)?.state]).toEqual(['cancelled', 'running']);
});

test('after a crash the job is tried once more on the CPU and says so', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const job = queue.add(work);
  await settle();
  work.last.onProgress({ progress: 0.5, device: 'GPU', quick: 2 });
  work.last.fail(crash);
  await settle();
  expect(work.attempts.map(({ onCpu }) => onCpu)).toEqual([false, true]);
  expect(stateOf(queue, job)).toMatchObject({ state: 'running', progress: 0 });
  expect(stateOf(queue, job)).not.toHaveProperty('quick');
  work.last.finish({ device: 'CPU' });
  await settle();
  expect(stateOf(queue, job)).toMatchObject({
    state: 'done',
    device: 'CPU',
    note: 'The compute process stopped: out of memory. It was done again on the CPU.',
  });
});

test('a second crash is the end of the job, not of the queue', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const next = new HeldWork('save', 'b');
  const job = queue.add(work);
  queue.add(next);
  await settle();
  work.last.fail(crash);
  await settle();
  work.last.fail(crash);
  await settle();
  expect(stateOf(queue, job)).toMatchObject({ state: 'failed', reason: crash.message });
  expect(next.attempts.length).toBe(1);
});

test('a bad picture is not tried again', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const job = queue.add(work);
  await settle();
  work.last.fail(new RelumeError({ code: 'damaged', message: 'a.jpg is cut off.' }));
  await settle();
  expect(work.attempts.length).toBe(1);
  expect(stateOf(queue, job)).toMatchObject({ state: 'failed', reason: 'a.jpg is cut off.' });
});

test('a job that is cancelled in a crash is not tried again', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const job = queue.add({
    ...work,
    run: (attempt) => work.run({ ...attempt, signal: new AbortController().signal }),
  });
  await settle();
  queue.cancel(job.id);
  work.last.fail(crash);
  await settle();
  expect(work.attempts.length).toBe(1);
  expect(stateOf(queue, job)?.state).toBe('cancelled');
});

test('no save is begun while the queue is paused, but previews are', async () => {
  const queue = new JobQueue();
  queue.paused = true;
  const save = new HeldWork('save', 'a');
  const preview = new HeldWork('preview', 'b');
  queue.add(save);
  queue.add(preview);
  await settle();
  expect([save.attempts.length, preview.attempts.length]).toEqual([0, 1]);
  preview.last.finish({ device: 'CPU' });
  await settle();
  expect(save.attempts.length).toBe(0);
  queue.paused = false;
  await settle();
  expect(save.attempts.length).toBe(1);
});

test('a save that failed is tried again at the end of the queue, as if it were new', async () => {
  const queue = new JobQueue();
  const [failing, waiting] = [new HeldWork('save', 'a'), new HeldWork('save', 'b')];
  const job = queue.add(failing);
  queue.add(waiting);
  await settle();
  failing.last.fail(new Error('The disk is full.'));
  await settle();
  queue.retry(job.id);
  expect(queue.jobs.map(({ picture, state }) => [picture, state])).toEqual([
    ['b', 'running'],
    ['a', 'queued'],
  ]);
  expect(stateOf(queue, job)).not.toHaveProperty('reason');
  waiting.last.finish({ device: 'CPU' });
  await settle();
  expect(failing.attempts.length).toBe(2);
  failing.last.finish({ device: 'CPU' });
  await settle();
  expect(stateOf(queue, job)?.state).toBe('done');
});

test('a cancelled save can be tried again, and cancelled again', async () => {
  const queue = new JobQueue();
  const work = new HeldWork('save', 'a');
  const job = queue.add(work);
  await settle();
  queue.cancel(job.id);
  await settle();
  queue.retry(job.id);
  await settle();
  expect(work.attempts.length).toBe(2);
  queue.cancel(job.id);
  await settle();
  expect(stateOf(queue, job)?.state).toBe('cancelled');
});

test('waiting saves change places, never beyond the ends, and those that began stay where they are', async () => {
  const queue = new JobQueue();
  const jobs = ['running', 'a', 'b', 'c'].map((picture) => queue.add(new HeldWork('save', picture)));
  await settle();
  const order = () => queue.jobs.map(({ picture }) => picture);
  const told: string[][] = [];
  queue.onQueue((changed) => told.push(changed.jobs.map(({ picture }) => picture)));
  queue.move(jobs[3]?.id ?? '', -1);
  expect(order()).toEqual(['running', 'a', 'c', 'b']);
  queue.move(jobs[1]?.id ?? '', 9);
  expect(order()).toEqual(['running', 'c', 'b', 'a']);
  queue.move(jobs[0]?.id ?? '', 1);
  expect(order()).toEqual(['running', 'c', 'b', 'a']);
  expect(told).toHaveLength(2);
});

test('ended saves are forgotten on request, others and previews are kept', async () => {
  const queue = new JobQueue();
  const [done, preview, waiting] = [
    new HeldWork('save', 'a'),
    new HeldWork('preview', 'b'),
    new HeldWork('save', 'c'),
  ];
  queue.add(done);
  await settle();
  done.last.finish({ device: 'CPU' });
  await settle();
  queue.add(preview);
  queue.add(waiting);
  await settle();
  queue.clear();
  expect(queue.jobs.map(({ picture }) => picture)).toEqual(['b', 'c']);
});
