import { beforeEach, expect, test, vi } from 'vitest';
import type { RelumeClient } from '../../preload/contract.ts';

type Listener = (event: unknown, payload: unknown) => void;

/** The bridge's other side. */
const bridge = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, Set<unknown>>(),
  invoked: [] as unknown[][],
  sent: [] as unknown[][],
  answer: undefined as unknown,
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => bridge.exposed.set(name, value) },
  ipcRenderer: {
    send: (...args: unknown[]) => bridge.sent.push(args),
    invoke: async (...args: unknown[]) => {
      bridge.invoked.push(args);
      return bridge.answer;
    },
    on: (name: string, listener: Listener) => {
      bridge.listeners.set(name, (bridge.listeners.get(name) ?? new Set()).add(listener));
    },
    off: (name: string, listener: Listener) => bridge.listeners.get(name)?.delete(listener),
  },
  webUtils: { getPathForFile: (file: File) => (file.name === 'pasted.png' ? '' : `/photos/${file.name}`) },
}));

let relume: RelumeClient;

beforeEach(async () => {
  bridge.invoked.length = 0;
  await import('../../preload/preload.ts');
  relume = bridge.exposed.get('relume') as RelumeClient;
});

const emit = (name: string, payload: unknown) => {
  for (const listener of bridge.listeners.get(name) ?? []) (listener as Listener)({}, payload);
};

test('exposes the client and nothing else of Electron', () => {
  expect([...bridge.exposed.keys()]).toEqual(['relume']);
  expect(Object.keys(relume).sort()).toEqual([
    'call',
    'dragOut',
    'on',
    'pathsOf',
    'pixels',
    'reveal',
    'takesFolders',
  ]);
});

test('a request is answered', async () => {
  bridge.answer = { ok: true, output: [] };
  expect(await relume.call('jobs.list', {})).toEqual([]);
  expect(bridge.invoked).toEqual([['relume:call', 'jobs.list', {}]]);
});

test('a failure keeps its code', async () => {
  const failure = { code: 'bad-request', message: 'No.' };
  bridge.answer = { ok: false, failure };
  await expect(relume.call('jobs.list', {})).rejects.toEqual(failure);
});

test('events are heard until the listener is stopped, without Electron’s own event', () => {
  const heard = vi.fn();
  const stop = relume.on('job', heard);
  emit('relume:event:job', { id: '1' });
  stop();
  emit('relume:event:job', { id: '2' });
  expect(heard.mock.calls).toEqual([[{ id: '1' }]]);
});

test('dropped files tell their paths', async () => {
  expect(await relume.pathsOf([new File([], 'a.jpg'), new File([], 'b.jpg')])).toEqual([
    '/photos/a.jpg',
    '/photos/b.jpg',
  ]);
});

test('a picture that lies on no disk is handed to main with its bytes', async () => {
  bridge.answer = { ok: true, output: '/kept/pasted.png' };
  expect(await relume.pathsOf([new File(['abc'], 'pasted.png')])).toEqual(['/kept/pasted.png']);
  expect(bridge.invoked[0]?.slice(0, 2)).toEqual(['relume:receive', 'pasted.png']);
  expect(new TextDecoder().decode(bridge.invoked[0]?.[2] as ArrayBuffer)).toBe('abc');
  bridge.answer = { ok: false, failure: { code: 'disk-full', message: 'No.' } };
  await expect(relume.pathsOf([new File([], 'pasted.png')])).rejects.toMatchObject({ code: 'disk-full' });
});

test('a written file is dragged out by main', () => {
  expect(relume.dragOut('/photos/a-denoised.jpg')).toBeUndefined();
  expect(bridge.sent).toEqual([['relume:drag', '/photos/a-denoised.jpg']]);
});

test('a written file is shown by main', async () => {
  await relume.reveal('/photos/a-denoised.jpg');
  expect(bridge.invoked).toEqual([['relume:reveal', '/photos/a-denoised.jpg']]);
});
