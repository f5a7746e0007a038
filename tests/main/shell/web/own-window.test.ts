import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../../../main/shell/web/start-web-shell.ts';
import { eventually } from '../../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';

/** Enters as a browser would, listens to events for a moment, and is closed. */
const visitor = `#!${process.execPath}
const url = new URL(process.argv.find((option) => option.startsWith('--app=')).slice('--app='.length));
require('node:http').get(url, ({ headers }) => {
  const handshake = {
    Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
    Cookie: headers['set-cookie'][0].split(';')[0], Origin: url.origin,
  };
  const socket = require('node:http').get(new URL('/events', url), { headers: handshake });
  socket.on('upgrade', () => process.exit(0));
});`;

/** A browser that does not start, as Chromium for a root user. */
const refusing = `#!${process.execPath}
process.exit(1);`;

// A stand-in for a browser is a script with a name, which Windows and macOS would not take for one.
describe.skipIf(process.platform !== 'linux')('a window of its own', () => {
  let home: TemporaryFolder;
  let shell: WebShell;
  let said: string[];

  beforeEach(async () => {
    home = await temporaryFolder();
    said = [];
  });
  afterEach(async () => {
    await shell.stop();
    vi.unstubAllEnvs();
    await home.remove();
  });

  async function startWith(browser: string): Promise<void> {
    const programs = join(home.path, 'programs');
    await mkdir(programs);
    await writeFile(join(programs, 'chromium'), browser);
    await chmod(join(programs, 'chromium'), 0o755);
    vi.stubEnv('RELUME_HOME', home.path);
    vi.stubEnv('PATH', programs);
    vi.stubEnv('DISPLAY', ':0');
    shell = await startWebShell({ open: true, files: home.path, say: (line) => said.push(line) });
  }

  test('Relume ends when it is closed', async () => {
    await startWith(visitor);
    await shell.closed;
    expect(said).toEqual([expect.stringMatching(/^Relume is open in a window of .*chromium\.$/)]);
  });

  test('a browser that does not start is told, with a new address', async () => {
    await startWith(refusing);
    await eventually(() => said.length === 2);
    const [, address] =
      /could not open a window\. Open this address in a browser: (.*)$/.exec(said[1] ?? '') ?? [];
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect((await fetch(address ?? '', { redirect: 'manual' })).status).toBe(303);
  });
});
