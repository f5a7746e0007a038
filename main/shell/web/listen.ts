/** The loopback server, with its WebSockets. */
import { type ServerType, serve, type WebSocketServerLike } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { RelumeError } from '../../library/failure.ts';

export interface LoopbackServer {
  /** Such as http://127.0.0.1:41234. */
  readonly origin: string;
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

/** Bytes of a request's head: addresses of drawn pictures hold the codes they are drawn from. */
const longestAddress = 2 ** 20;

/**
 * Serves on 127.0.0.1, which no other machine reaches.
 *
 * @param port 0 for a free one
 * @throws {RelumeError} 'port-in-use'
 */
export async function listen(app: Hono, port: number): Promise<LoopbackServer> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = await started(app, sockets, port);
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function started(app: Hono, sockets: WebSocketServer, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    // ws declares its options a shade wider than the adapter does.
    const websocket = { server: sockets as unknown as WebSocketServerLike };
    const serverOptions = { maxHeaderSize: longestAddress };
    const options = { fetch: app.fetch, hostname: '127.0.0.1', port, websocket, serverOptions };
    const server = serve(options, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = 'port-in-use';
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use; choose another one.`
          : `Port ${port} cannot be used (${error.code ?? error.message}); choose another one, above 1023.`;
      reject(new RelumeError({ code, message }));
    });
  });
}

function portOf(server: ServerType): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
  return address.port;
}
