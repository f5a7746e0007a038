import { expect, test, vi } from 'vitest';
import type { Call, Channel, Handlers, Reply } from '../../../main/compute/protocol.ts';
import { serve } from '../../../main/compute/serve.ts';
import { PictureError } from '../../../main/image/picture.ts';

/** A channel in the test's hands. */
class TestChannel implements Channel {
  readonly replies: Reply[] = [];
  receive: (call: Call) => void = () => undefined;

  send(reply: Reply): void {
    this.replies.push(reply);
  }

  onMessage(listener: (call: Call) => void): void {
    this.receive = listener;
  }
}

function served(handlers: Partial<Handlers>): TestChannel {
  const channel = new TestChannel();
  serve(handlers, channel);
  return channel;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const facts = { width: 4, height: 3, depth: 8 as const, format: 'png', sigma: 2 };

test('answers a call with its id', async () => {
  const channel = served({ open: async ({ path }) => ({ ...facts, format: path }) });
  channel.receive({ kind: 'call', id: 7, method: 'open', params: { path: '/a.png' } });
  await settle();
  expect(channel.replies).toEqual([{ kind: 'result', id: 7, result: { ...facts, format: '/a.png' } }]);
});

test('sends progress before the result', async () => {
  const channel = served({
    evaluate: async (_, { progress }) => {
      progress({ progress: 0.5 });
      return { model: { psnr: 30, ssim: 0.9, images: 1 }, baselines: [] };
    },
  });
  const params = {
    folder: '/x',
    damage: { kind: 'noise' as const, sigma: 25 },
    model: 'm',
    device: 'cpu' as const,
  };
  channel.receive({ kind: 'call', id: 1, method: 'evaluate', params });
  await settle();
  expect(channel.replies.map(({ kind }) => kind)).toEqual(['progress', 'result']);
});

test('an error of ours keeps its code and sentence', async () => {
  const channel = served({
    open: async ({ path }) => {
      throw new PictureError('damaged', path, 'a.png is cut off.');
    },
  });
  channel.receive({ kind: 'call', id: 1, method: 'open', params: { path: '/a.png' } });
  await settle();
  expect(channel.replies).toEqual([
    { kind: 'failure', id: 1, failure: { code: 'damaged', message: 'a.png is cut off.' } },
  ]);
});

test('a defect becomes an internal failure, and the next call is answered', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let calls = 0;
  const channel = served({
    open: async () => {
      if (calls++ === 0) throw new TypeError('x is not a function');
      return facts;
    },
  });
  for (const id of [1, 2]) channel.receive({ kind: 'call', id, method: 'open', params: { path: '/a' } });
  await settle();
  expect(channel.replies).toEqual([
    { kind: 'failure', id: 1, failure: { code: 'internal', message: 'x is not a function' } },
    { kind: 'result', id: 2, result: facts },
  ]);
  expect(stderr.mock.calls.join()).toContain('TypeError');
  stderr.mockRestore();
});

test('a cancel aborts the signal of that call only', async () => {
  const channel = served({
    open: ({ path }, { signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        if (path === '/quick') setImmediate(() => setImmediate(() => resolve(facts)));
      }),
  });
  channel.receive({ kind: 'call', id: 1, method: 'open', params: { path: '/slow' } });
  channel.receive({ kind: 'call', id: 2, method: 'open', params: { path: '/quick' } });
  channel.receive({ kind: 'cancel', id: 1 });
  channel.receive({ kind: 'cancel', id: 99 });
  await settle();
  await settle();
  await settle();
  expect(channel.replies).toEqual([
    { kind: 'failure', id: 1, failure: { code: 'cancelled', message: 'Cancelled.' } },
    { kind: 'result', id: 2, result: facts },
  ]);
});

test('a method that is not offered is refused by name', async () => {
  const channel = served({});
  channel.receive({ kind: 'call', id: 1, method: 'devices', params: {} });
  await settle();
  expect(channel.replies).toMatchObject([{ kind: 'failure', failure: { code: 'no-such-method' } }]);
});
