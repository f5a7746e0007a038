/** Relume in a browser window: the same application over loopback HTTP. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ServerType, serve, type WebSocketServerLike } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { createApi } from '../../api/api.ts';
import { RelumeError } from '../../compute/failure.ts';
import { forkNode } from '../../compute/fork-node.ts';
import { ComputeHost, type Fork } from '../../compute/host.ts';
import { computeEntry, home, rendererFolder, uploadsFolder } from '../../library/paths.ts';
import { createWebApp } from './app.ts';
import { findBrowser, openWindow } from './browser.ts';
import { Guard } from './guard.ts';
import { Uploads } from './uploads.ts';
import { WindowWatch } from './window-watch.ts';

export interface WebShellOptions {
  /** A free one is chosen by default. */
  readonly port?: number;
  /** Whether to open a window; the address is printed otherwise. */
  readonly open: boolean;
  /** Where lines for the person go; standard error by default. */
  readonly say?: (line: string) => void;
  /** Starts the compute process. */
  readonly fork?: Fork;
  /** Folder of the built window. */
  readonly files?: string;
}

export interface WebShell {
  /** The address without its token. */
  readonly origin: string;
  /** The address that lets one window in, once. */
  readonly url: string;
  /** Resolves when the shell has ended: its window was closed, or it was stopped. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the web shell on 127.0.0.1.
 *
 * It ends by itself when the window that it opened is closed and no job runs; without a window of its own it
 * goes on, and prints a new address whenever the last window has gone.
 *
 * @throws {RelumeError} 'port-in-use'
 */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { say = (line) => process.stderr.write(`${line}\n`) } = options;
  const compute = new ComputeHost(options.fork ?? forkNode(computeEntry));
  const api = createApi({ shell: 'web', compute });
  const guard = new Guard();
  const uploads = new Uploads(uploadsFolder());
  await uploads.clearStale();

  let ended = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let ownWindow = false;
  const windows = new WindowWatch(
    () => api.busy,
    () => (ownWindow ? void stop() : say(`The window was closed. To come back: ${address()}`)),
  );
  const app = createWebApp({ api, guard, uploads, windows, files: options.files ?? rendererFolder });
  const sockets = new WebSocketServer({ noServer: true });
  const server = await listen(app.fetch, sockets, options.port ?? 0);
  const origin = `http://127.0.0.1:${portOf(server)}`;
  const address = () => `${origin}/?token=${guard.newToken()}`;

  const stop = async () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    windows.stop();
    for (const socket of sockets.clients) socket.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
    compute.stop();
    await uploads.clear();
    ended();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const url = address();
  const browser = options.open ? findBrowser() : undefined;
  if (browser) {
    ownWindow = true;
    say(`Relume is open in a window of ${browser}.`);
    showWindow(browser, url, () => {
      ownWindow = false;
      say(`${browser} could not open a window. Open this address in a browser: ${address()}`);
    });
  } else {
    say(`Open this address in a browser: ${url}`);
  }
  return { origin, url, closed, stop };
}

/** Opens the window; tells when the browser gave up instead. */
function showWindow(browser: string, url: string, onFailure: () => void): void {
  const window = openWindow(browser, url, join(home(), 'window'));
  window.once('error', onFailure);
  window.once('exit', (code) => {
    if (code) onFailure();
  });
}

function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  sockets: WebSocketServer,
  port: number,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    // ws declares its options a shade wider than the adapter does.
    const websocket = { server: sockets as unknown as WebSocketServerLike };
    const server = serve({ fetch, hostname: '127.0.0.1', port, websocket }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = { code: 'port-in-use', message: `Port ${port} is in use; choose another one.` };
      reject(error.code === 'EADDRINUSE' ? new RelumeError(inUse) : error);
    });
  });
}

function portOf(server: ServerType): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
  return address.port;
}
