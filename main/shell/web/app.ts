/** The web shell's routes: the window's files, the contract, pixels, uploads and downloads. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { upgradeWebSocket } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Failure } from '../../../preload/contract.ts';
import type { Api } from '../../api/api.ts';
import { toFailure } from '../../library/failure.ts';
import { securityHeaders } from '../content-security-policy.ts';
import { nameFromHeader } from '../upload-name.ts';
import type { Uploads } from '../uploads.ts';
import { windowFile } from '../window-files.ts';
import type { Guard, Visit } from './guard.ts';
import type { WindowWatch } from './window-watch.ts';

export interface WebAppParts {
  readonly api: Api;
  readonly guard: Guard;
  readonly uploads: Uploads;
  readonly windows: WindowWatch;
  /** Folder of the built window. */
  readonly files: string;
}

/** Largest request of the contract: the paths of some ten thousand files. */
const largestRequest = 4 * 2 ** 20;

export function createWebApp({ api, guard, uploads, windows, files }: WebAppParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    const visit = visitOf(context);
    const refused = guard.refuseOrigin(visit);
    if (refused) return context.json(refused, 403);
    const token = context.req.path === '/' ? context.req.query('token') : undefined;
    if (token !== undefined) return admit(context, guard, token);
    if (!guard.knows(visit)) return context.json(stranger, 401);
    return next();
  });
  app.onError((error, context) => fail(context, error));

  app.post('/api/:name', bodyLimit({ maxSize: largestRequest }), async (context) => {
    const input: unknown = await context.req.json().catch(() => undefined);
    return context.json(await api.call(context.req.param('name'), input));
  });
  app.get(
    '/events',
    upgradeWebSocket(() => {
      let stop: (() => void) | undefined;
      return {
        onOpen: (_, socket) => {
          windows.opened();
          stop = api.onAny((name, payload) => socket.send(JSON.stringify({ name, payload })));
        },
        onClose: () => {
          stop?.();
          windows.closed();
        },
      };
    }),
  );
  app.get('/pixels/*', async (context) => {
    const png = await api.pixels(context.req.path);
    // Pixels that are whole never change; of a growing preview the window asks for what is ready so far.
    const keep = context.req.query('ready') === undefined ? 'private, max-age=3600' : 'no-store';
    return context.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png', 'Cache-Control': keep });
  });
  app.post('/files', async (context) => {
    const name = nameFromHeader(context.req.header('X-File-Name'));
    const body = context.req.raw.body ?? new Blob([]).stream();
    return context.json({ path: await uploads.receive(name, body) });
  });
  app.get('/download', (context) => {
    const path = context.req.query('path') ?? '';
    if (!api.isOutput(path)) return context.json(notFound, 404);
    const name = encodeURIComponent(basename(path)).replace(/['()*]/g, escape);
    return context.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
    });
  });
  app.get('*', async (context) => {
    const file = await windowFile(files, context.req.path);
    if (!file) return context.json(notFound, 404);
    return context.body(file.bytes, 200, { 'Content-Type': file.type, 'Cache-Control': 'no-cache' });
  });
  return app;
}

const stranger: Failure = {
  code: 'unknown-window',
  message: 'This window is not known to Relume: open the address that Relume printed when it started.',
};
const used: Failure = {
  code: 'token-used',
  message:
    'This address was used already, or is not complete: Relume prints a new one when its window is closed.',
};
const notFound: Failure = { code: 'not-found', message: 'There is nothing at this address.' };

function visitOf({ req }: Context): Visit {
  return {
    method: req.method,
    host: req.header('Host'),
    origin: req.header('Origin'),
    site: req.header('Sec-Fetch-Site'),
    cookie: req.header('Cookie'),
    upgrade: req.header('Upgrade') !== undefined,
  };
}

function admit(context: Context, guard: Guard, token: string): Response {
  const cookie = guard.exchange(token);
  if (!cookie) return context.json(used, 403);
  context.header('Set-Cookie', cookie);
  return context.redirect('/', 303);
}

function fail(context: Context, error: unknown): Response {
  const failure = toFailure(error);
  switch (failure.code) {
    case 'bad-request':
      return context.json(failure, 400);
    case 'no-such-picture':
    case 'no-such-layer':
      return context.json(failure, 404);
    case 'too-large':
      return context.json(failure, 413);
    case 'internal':
      return context.json(failure, 500);
    default:
      return context.json(failure, 422);
  }
}
