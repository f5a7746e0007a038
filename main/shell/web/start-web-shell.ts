/** Relume in a browser window: the same application over loopback HTTP. */
import { join } from 'node:path';
import { createApi } from '../../api/api.ts';
import { forkNode } from '../../compute/fork-node.ts';
import { ComputeHost, type Fork } from '../../compute/host.ts';
import { computeEntry, home, rendererFolder, uploadsFolder } from '../../library/paths.ts';
import { Uploads } from '../uploads.ts';
import { createWebApp } from './app.ts';
import { findBrowser, openWindow } from './browser.ts';
import { Guard } from './guard.ts';
import { listen } from './listen.ts';

import { WindowWatch } from './window-watch.ts';

export interface WebShellOptions {
  /** A free one is chosen by default. */
  readonly port?: number;
  /** Pictures and folders to be opened, absolute paths. */
  readonly pictures?: readonly string[];
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
  const { say = toStandardError, fork = forkNode(computeEntry), files = rendererFolder } = options;
  const compute = new ComputeHost(fork);
  const training = new ComputeHost(fork);
  const api = createApi({ shell: 'web', compute, training });
  api.arrive(options.pictures ?? []);
  const guard = new Guard();
  const uploads = new Uploads(uploadsFolder());
  await uploads.clearStale();
  const windows = new WindowWatch(
    () => api.busy,
    () => (ownWindow ? void stop() : say(`The window was closed. To come back: ${address()}`)),
  );
  const server = await listen(createWebApp({ api, guard, uploads, windows, files }), options.port ?? 0);
  const address = () => `${server.origin}/?token=${guard.newToken()}`;

  let ended = () => {};
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const stop = async () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    windows.stop();
    await api.close();
    ownWindow?.close();
    await server.close();
    compute.stop();
    training.stop();
    await uploads.clear();
    ended();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const url = address();
  const browser = options.open ? findBrowser() : undefined;
  let ownWindow = browser === undefined ? undefined : showWindow(browser, url, onRefused);
  say(browser ? `Relume is open in a window of ${browser}.` : `Open this address in a browser: ${url}`);
  return { origin: server.origin, url, closed, stop };

  function onRefused(): void {
    ownWindow = undefined;
    say(`${browser} could not open a window. Open this address in a browser: ${address()}`);
  }
}

const toStandardError = (line: string): void => void process.stderr.write(`${line}\n`);

/** Opens the window; tells when the browser gave up instead. */
function showWindow(browser: string, url: string, onRefused: () => void): { close(): void } {
  const window = openWindow(browser, url, join(home(), 'window'));
  window.once('error', onRefused);
  window.once('exit', (code) => {
    if (code) onRefused();
  });
  return {
    close: () => {
      window.removeAllListeners('exit');
      window.kill();
    },
  };
}
