import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { forkNode } from '../../../../main/compute/fork-node.ts';
import { startWebShell, type WebShell } from '../../../../main/shell/web/start-web-shell.ts';
import { type BuiltEntry, buildEntry } from '../../compute/build-entry.ts';
import { eventually } from '../../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';

let home: TemporaryFolder;
let entry: BuiltEntry;
let shell: WebShell;
let said: string[];

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  const files = join(home.path, 'window');
  await mkdir(files);
  await writeFile(join(files, 'index.html'), '<!doctype html><title>Relume</title>');
  await writeFile(join(home.path, 'secret.html'), 'secret');
  entry = await buildEntry(new URL('../../compute/tiny-process.ts', import.meta.url));
  said = [];
  shell = await startWebShell({
    open: false,
    files,
    fork: forkNode(entry.path),
    say: (line) => said.push(line),
  });
});
afterEach(async () => {
  await shell.stop();
  vi.unstubAllEnvs();
  await Promise.all([home.remove(), entry.remove()]);
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Visit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A request as it stands: unlike `fetch`, the path is not tidied and every header can be set. */
function visit(path: string, { method = 'GET', headers = {}, body }: Visit = {}): Promise<Answer> {
  const { hostname, port } = new URL(shell.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Exchanges the token of the printed address. */
async function enter(): Promise<string> {
  const { pathname, search } = new URL(shell.url);
  const { headers } = await visit(pathname + search);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Headers as the window's own page sends them. */
const own = (cookie: string) => ({ Cookie: cookie, Origin: shell.origin });

const post = (path: string, cookie: string, body: string | Buffer = '{}', headers = {}) =>
  visit(path, { method: 'POST', body, headers: { ...own(cookie), ...headers } });

describe('entering', () => {
  test('the printed address gives a cookie and leads to the window', async () => {
    const { pathname, search } = new URL(shell.url);
    const entered = await visit(pathname + search);
    expect([entered.status, entered.headers.location]).toEqual([303, '/']);
    expect(entered.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await visit('/', { headers: { Cookie: cookie } })).text).toContain('<title>Relume</title>');
  });

  test('the address works once', async () => {
    await enter();
    const { pathname, search } = new URL(shell.url);
    const again = await visit(pathname + search);
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
  });

  test('a wrong token is refused', async () => {
    const answer = await visit('/?token=guess');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });

  test('the address is printed where no window is opened', () => {
    expect(said).toEqual([`Open this address in a browser: ${shell.url}`]);
    expect(shell.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each(['/', '/index.html', '/pixels/a/source/0/0/0', '/events', '/download?path=/x'])(
    '%s is closed to strangers',
    async (path) => expect((await visit(path)).status).toBe(401),
  );

  test('requests of strangers are refused', async () => {
    expect((await post('/api/jobs.list', '')).status).toBe(401);
    expect((await post('/files', '', 'x', { 'X-File-Name': 'a.jpg' })).status).toBe(401);
  });
});

describe('where requests come from', () => {
  test('another host name is refused, whatever the cookie', async () => {
    const headers = { Cookie: await enter(), Host: 'evil.example' };
    expect(await visit('/', { headers })).toMatchObject({
      status: 403,
      text: expect.stringContaining('wrong-host'),
    });
  });

  test('another origin is refused, whatever the cookie', async () => {
    const headers = { Cookie: await enter(), Origin: 'https://evil.example' };
    for (const method of ['GET', 'POST']) {
      expect((await visit('/api/jobs.list', { method, headers })).text).toContain('wrong-origin');
    }
  });

  test('a write without an origin is refused', async () => {
    const headers = { Cookie: await enter() };
    expect((await visit('/api/jobs.list', { method: 'POST', headers, body: '{}' })).status).toBe(403);
  });
});

test('every answer carries the policy', async () => {
  const cookie = await enter();
  for (const answer of [
    await visit('/', { headers: { Cookie: cookie } }),
    await visit('/'),
    await visit('/?token=x'),
  ]) {
    const policy = answer.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  }
});

test.each([
  '/../secret.html',
  '/%2e%2e/secret.html',
  '/..%2fsecret.html',
  '/%2e%2e%2fsecret.html',
  '/..%5csecret.html',
  '//secret.html',
  '/%00',
])('a path that leads out of the window’s files is refused: %s', async (path) => {
  const answer = await visit(path, { headers: { Cookie: await enter() } });
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain('secret');
});

describe('requests', () => {
  test('are answered as the contract says', async () => {
    const answer = await post('/api/app.info', await enter());
    expect(JSON.parse(answer.text)).toMatchObject({ shell: 'web' });
  });

  test('a bad payload is a failure with its code', async () => {
    const cookie = await enter();
    for (const body of ['{}', 'not json', '{"paths": 1}']) {
      const answer = await post('/api/pictures.open', cookie, body);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, 'bad-request']);
    }
    expect((await post('/api/nothing', cookie)).status).toBe(400);
  });

  test('a tile comes as PNG', async () => {
    const cookie = await enter();
    const opened = JSON.parse((await post('/api/pictures.open', cookie, '{"paths":["/a.png"]}')).text);
    const tile = await visit(`/pixels/${opened.pictures[0].id}/source/0/7/0`, {
      headers: { Cookie: cookie },
    });
    expect([tile.status, tile.headers['content-type']]).toEqual([200, 'image/png']);
    expect(Buffer.from(tile.text)[0]).toBe(7);
  });
});

describe('dropped files', () => {
  const upload = async (cookie: string, name: string, body: string | Buffer = 'bytes') =>
    post('/files', cookie, body, { 'X-File-Name': encodeURIComponent(name) });

  test('are stored under their own names', async () => {
    const cookie = await enter();
    const answer = await upload(cookie, 'Straße 写真.jpg', Buffer.from([1, 2, 3]));
    const { path } = JSON.parse(answer.text);
    expect(path.startsWith(join(home.path, 'uploads'))).toBe(true);
    expect(path.endsWith('Straße 写真.jpg')).toBe(true);
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  });

  test('two files of the same name stay two files', async () => {
    const cookie = await enter();
    const [first, second] = await Promise.all([
      upload(cookie, 'a.jpg', 'one'),
      upload(cookie, 'a.jpg', 'two'),
    ]);
    expect(await readFile(JSON.parse(first.text).path, 'utf8')).toBe('one');
    expect(await readFile(JSON.parse(second.text).path, 'utf8')).toBe('two');
  });

  test.each(['../../secret.html', '/etc/passwd', '..', ''])(
    'rejects path traversal in name: %s',
    async (name) => {
      const answer = await upload(await enter(), name);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, 'bad-request']);
      expect(await readFile(join(home.path, 'secret.html'), 'utf8')).toBe('secret');
    },
  );

  test('a name that cannot be decoded is refused', async () => {
    const answer = await post('/files', await enter(), 'x', { 'X-File-Name': '%E0%A4%A' });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, 'bad-request']);
  });

  test('the copies are gone when the shell has stopped', async () => {
    await upload(await enter(), 'a.jpg');
    await shell.stop();
    await shell.closed;
    expect(await readdir(join(home.path, 'uploads'))).toEqual([]);
  });
});

describe('downloads', () => {
  test('only files that a job of this run wrote are handed out', async () => {
    const cookie = await enter();
    const result = join(home.path, 'näht’s (2).png');
    await writeFile(result, 'result');
    const address = `/download?path=${encodeURIComponent(result)}`;
    const headers = { Cookie: cookie };
    expect((await visit(address, { headers })).status).toBe(404);

    // The tiny process calls its input its output.
    const opened = JSON.parse(
      (await post('/api/pictures.open', cookie, JSON.stringify({ paths: [result] }))).text,
    );
    const options = { strength: 100, format: 'keep', quality: 92, stripMetadata: false };
    const saving = {
      picture: opened.pictures[0].id,
      chain: [{ model: 'm', sigma: 1 }],
      device: 'cpu',
      ...options,
    };
    await post('/api/restore.save', cookie, JSON.stringify(saving));
    const answer = await eventually(async () => {
      const download = await visit(address, { headers });
      return download.status === 200 && download;
    });
    expect(answer.text).toBe('result');
    expect(answer.headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''n%C3%A4ht%E2%80%99s%20%282%29.png",
    );
  });
});

describe('events', () => {
  const connect = (headers: Record<string, string>) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`${shell.origin.replace('http', 'ws')}/events`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('error', reject);
    });

  test('reach the window', async () => {
    const cookie = await enter();
    const socket = await connect(own(cookie));
    const message = new Promise((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse(String(data)))),
    );
    const opened = JSON.parse((await post('/api/pictures.open', cookie, '{"paths":["/a.png"]}')).text);
    const picture = opened.pictures[0].id;
    await post(
      '/api/restore.preview',
      cookie,
      JSON.stringify({ picture, chain: [{ model: 'm', sigma: 1 }], device: 'cpu' }),
    );
    expect(await message).toMatchObject({
      name: 'job',
      payload: { kind: 'preview', picture, state: 'queued' },
    });
  });

  test.each([
    ['without a cookie', async () => ({ Origin: shell.origin }), 401],
    ['from another origin', async () => ({ Cookie: await enter(), Origin: 'https://evil.example' }), 403],
    ['without an origin', async () => ({ Cookie: await enter() }), 403],
    ['for another host', async () => ({ ...own(await enter()), Host: 'evil.example' }), 403],
  ])('a connection %s is refused', async (_, headers, status) => {
    await expect(connect(await headers())).rejects.toThrow(`Unexpected server response: ${status}`);
  });
});

test('a port that is in use is refused with its number', async () => {
  const port = Number(new URL(shell.origin).port);
  await expect(startWebShell({ open: false, port })).rejects.toThrow(`Port ${port} is in use`);
});
