/** The contract over loopback HTTP and a WebSocket, for a window that runs in a browser. */
import type { EventName, EventPayload, Failure, RelumeClient } from './contract.ts';

/** Milliseconds until a lost connection is tried again. */
const retryAfter = 1000;

type Listeners = { [K in EventName]?: Set<(payload: EventPayload<K>) => void> };

/** Connects to the server that this page came from. */
export async function connect(): Promise<RelumeClient> {
  const listeners: Listeners = {};
  const client: RelumeClient = {
    call: (name, input) =>
      post(`/api/${name}`, JSON.stringify(input), { 'Content-Type': 'application/json' }),
    on: <K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void) => {
      const those: Set<(payload: EventPayload<K>) => void> = listeners[name] ?? new Set();
      (listeners as { [N in K]?: typeof those })[name] = those.add(listener);
      return () => those.delete(listener);
    },
    pathsOf: async (files) => {
      const paths: string[] = [];
      for (const file of files) {
        const sent = await post<{ path: string }>('/files', file, {
          'X-File-Name': encodeURIComponent(file.webkitRelativePath || file.name),
        });
        paths.push(sent.path);
      }
      return paths;
    },
    takesFolders: false,
    pixels: (path) => path,
    dragOut: (path) => new URL(downloadOf(path), location.href).href,
    reveal: async (path) => download(downloadOf(path)),
  };
  await listen(listeners, client);
  return client;
}

async function post<T>(path: string, body: BodyInit, headers: Record<string, string>): Promise<T> {
  const response = await fetch(path, { method: 'POST', body, headers }).catch(() => {
    throw failure('disconnected', 'Relume is not running any more. Start it again.');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw isFailure(answer) ? answer : failure('internal', `The server answered ${response.status}.`);
  }
  // Our own server sends what the contract says.
  return answer as T;
}

const failure = (code: string, message: string): Failure => ({ code, message });

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** Receives events for as long as the page lives; resolves when the first connection stands or has failed. */
function listen(listeners: Listeners, client: RelumeClient, again = false): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/events`);
    socket.onopen = () => {
      resolve();
      if (again) void catchUp(listeners, client);
    };
    socket.onmessage = ({ data }) => deliver(listeners, JSON.parse(String(data)));
    socket.onclose = () => {
      resolve();
      setTimeout(() => void listen(listeners, client, true), retryAfter);
    };
  });
}

function deliver<K extends EventName>(
  listeners: Listeners,
  { name, payload }: { name: K; payload: EventPayload<K> },
): void {
  for (const listener of listeners[name] ?? []) listener(payload);
}

/** Tells what happened to jobs and collections while the connection was lost. */
async function catchUp(listeners: Listeners, client: RelumeClient): Promise<void> {
  deliver(listeners, { name: 'queue', payload: await client.call('jobs.list', {}) });
  for (const payload of await client.call('collections.list', {})) {
    deliver(listeners, { name: 'collection', payload });
  }
}

const downloadOf = (path: string) => `/download?path=${encodeURIComponent(path)}`;

function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
