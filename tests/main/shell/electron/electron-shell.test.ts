import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createApi } from '../../../../main/api/api.ts';
import { forkElectron } from '../../../../main/shell/electron/fork.ts';
import { setupIdentity } from '../../../../main/shell/electron/identity.ts';
import { setupIpc } from '../../../../main/shell/electron/ipc.ts';
import { setupLockdown } from '../../../../main/shell/electron/lockdown.ts';
import { setupMenu } from '../../../../main/shell/electron/menu.ts';
import { filesNamed, handedOver, setupOpenedFiles } from '../../../../main/shell/electron/opened-files.ts';
import { setupProtocol, setupScheme } from '../../../../main/shell/electron/protocol.ts';
import { setupSecondInstance, setupWindow } from '../../../../main/shell/electron/window.ts';
import { Uploads } from '../../../../main/shell/uploads.ts';
import { pixelsPath, requests } from '../../../../preload/contract.ts';
import { fakeCompute } from '../../api/fake-compute.ts';
import { eventually } from '../../eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../../temporary-folder.ts';
import { app, asked, BrowserWindow, forget, machine } from './electron-stand-in.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));

const started = () => {
  const { host } = fakeCompute();
  return createApi({ shell: 'electron', compute: host, training: host });
};
let home: TemporaryFolder;

beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(async () => {
  forget();
  await home.remove();
});

const theWindow = (): BrowserWindow => {
  const [window] = BrowserWindow.windows;
  if (!window) throw new Error('No window was opened.');
  return window;
};

describe('the window', () => {
  test('is sandboxed, isolated and without Node', () => {
    setupWindow(() => false);
    expect(theWindow().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      preload: expect.stringMatching(/preload\.cjs$/),
    });
  });

  test('is never smaller than its layout, and dark before the page is there', () => {
    setupWindow(() => false);
    const { minWidth, minHeight, backgroundColor, show } = theWindow().options;
    expect([minWidth, minHeight, show]).toEqual([1024, 700, false]);
    expect(Number.parseInt(backgroundColor?.slice(1, 3) ?? 'ff', 16)).toBeLessThan(0x30);
    theWindow().emit('ready-to-show');
    expect(theWindow().did).toEqual(['load relume://app/', 'show']);
  });

  test('comes to the front when Relume is started again', () => {
    setupWindow(() => false);
    const files: string[][] = [];
    setupSecondInstance((paths) => files.push(paths));
    theWindow().minimized = true;
    app.emit('second-instance', {}, ['/usr/bin/relume'], home.path, { files: [] });
    expect(theWindow().did.slice(-2)).toEqual(['restore', 'focus']);
    expect(files).toEqual([[]]);
  });

  describe.skipIf(process.platform === 'darwin')('when it is closed', () => {
    const closing = () => {
      const event = { preventDefault: vi.fn() };
      theWindow().emit('close', event);
      return event.preventDefault.mock.calls.length > 0 ? 'stays' : 'closes';
    };

    test('asks nothing while there is nothing to do', () => {
      setupWindow(() => false);
      expect([closing(), asked.messageBoxes]).toEqual(['closes', []]);
    });

    test('asks whether work is to be given up', () => {
      setupWindow(() => true);
      expect(closing()).toBe('stays');
      machine.chosenButton = 1;
      expect(closing()).toBe('closes');
      expect(asked.messageBoxes).toEqual(Array(2).fill('Relume is still at work.'));
    });
  });

  test('is opened by a further start where Relume runs without one', () => {
    setupSecondInstance(() => undefined);
    app.emit('second-instance', {}, [], home.path, { files: [] });
    expect(BrowserWindow.windows.length).toBe(1);
  });
});

describe('what pages may not do', () => {
  beforeEach(() => {
    setupLockdown();
    setupWindow(() => false);
  });

  const leaves = (url: string) => {
    const event = { url, preventDefault: vi.fn() };
    theWindow().webContents.emit('will-navigate', event);
    return event.preventDefault.mock.calls.length === 0;
  };

  test('leave', () => {
    expect(leaves('relume://app/index.html')).toBe(true);
    const others = [
      'https://evil.example/',
      'file:///etc/passwd',
      'relume://other/',
      'relume://app.evil/',
      'data:,x',
    ];
    for (const url of others) expect(leaves(url)).toBe(false);
  });

  test('open windows or embed others', () => {
    expect(theWindow().webContents.openHandler?.({ url: 'https://evil.example' })).toEqual({
      action: 'deny',
    });
    const event = { preventDefault: vi.fn() };
    theWindow().webContents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  const granted = (permission: string, address: string): boolean[] => {
    const answer = vi.fn();
    asked.permissionRequest?.({}, permission, answer, { requestingUrl: address });
    return [answer.mock.calls[0]?.[0], asked.permissionCheck?.({}, permission, address)];
  };

  test.each(['media', 'geolocation', 'clipboard-read', 'fileSystem', 'openExternal'])(
    'get the permission "%s"',
    (permission) => expect(granted(permission, 'relume://app/')).toEqual([false, false]),
  );

  test('notify, unless it is our own page, which says when a batch is done', () => {
    expect(granted('notifications', 'https://evil.example/')).toEqual([false, false]);
    expect(granted('notifications', 'relume://app/')).toEqual([true, true]);
  });

  test('reach the network', () => {
    const answer = vi.fn();
    asked.beforeRequest?.listener({ url: 'https://example.org/' }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: true });
    expect(asked.beforeRequest?.urls).toContain('https://*/*');
  });
});

describe('relume://', () => {
  const get = async (url: string, method = 'GET') => {
    const handler = asked.protocols.get('relume');
    if (!handler) throw new Error('The protocol is not handled.');
    return handler(new Request(url, { method }));
  };

  beforeEach(async () => {
    await mkdir(join(home.path, 'window'));
    await writeFile(join(home.path, 'window', 'index.html'), '<title>Relume</title>');
    await writeFile(join(home.path, 'secret.html'), 'secret');
  });

  test('is declared as a secure origin', () => {
    setupScheme();
    expect(asked.schemes).toEqual([
      { scheme: 'relume', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('serves the window with the policy', async () => {
    setupProtocol(started(), join(home.path, 'window'));
    const page = await get('relume://app/');
    expect(await page.text()).toBe('<title>Relume</title>');
    expect(page.headers.get('Content-Type')).toContain('text/html');
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  test.each([
    'relume://app/../secret.html',
    'relume://app/%2e%2e/secret.html',
    'relume://app/..%2fsecret.html',
    'relume://app/..%5csecret.html',
    'relume://other/index.html',
    'relume://app/missing.html',
  ])('%s is not there', async (url) => {
    setupProtocol(started(), join(home.path, 'window'));
    const answer = await get(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  test('only reads', async () => {
    setupProtocol(started(), join(home.path, 'window'));
    expect((await get('relume://app/', 'POST')).status).toBe(404);
  });

  test('serves tiles of open pictures as PNG, and says why there is none', async () => {
    const api = started();
    setupProtocol(api, join(home.path, 'window'));
    const { pictures } = requests['pictures.open'].output.parse(
      await api.call('pictures.open', { paths: ['/a.jpg'] }),
    );
    const tile = await get(`relume://app${pixelsPath(pictures[0]?.id ?? '', 'source', 0, 0, 0)}`);
    expect([tile.status, tile.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    const missing = await get(`relume://app${pixelsPath('closed', 'source', 0, 0, 0)}`);
    expect([missing.status, (await missing.json()).code]).toEqual([404, 'no-such-picture']);
  });
});

describe('messages from the window', () => {
  const page = (url: string) => {
    const frame = { url };
    return { senderFrame: frame, sender: { mainFrame: frame } };
  };
  const invoke = (name: string, event: object, ...args: unknown[]): unknown => {
    const handler = asked.handlers.get(name);
    if (!handler) throw new Error(`${name} is not handled.`);
    return Reflect.apply(handler, undefined, [event, ...args]);
  };

  beforeEach(() => setupIpc(started(), new Uploads(home.path)));

  test('are answered as data', async () => {
    expect(await invoke('relume:call', page('relume://app/'), 'jobs.list', {})).toEqual({
      ok: true,
      output: { paused: false, jobs: [] },
    });
  });

  test.each([
    ['an unknown request', 'jobs.delete', {}],
    ['a bad payload', 'pictures.open', { paths: 3 }],
    ['a name that is none', { toString: 'x' }, {}],
  ])('%s is a failure with its code', async (_, name, input) => {
    expect(await invoke('relume:call', page('relume://app/'), name, input)).toEqual({
      ok: false,
      failure: { code: 'bad-request', message: expect.any(String) },
    });
  });

  test.each([
    ['another site', page('https://evil.example/')],
    ['a look-alike', page('relume://app.evil.example/')],
    ['a frame inside the page', { senderFrame: { url: 'relume://app/' }, sender: { mainFrame: {} } }],
    ['a frame that is gone', { senderFrame: null, sender: { mainFrame: null } }],
  ])('%s is not heard', (_, event) => {
    for (const name of ['relume:call', 'relume:reveal']) {
      expect(() => invoke(name, event, 'jobs.list', {})).toThrow('Only the window of Relume');
    }
  });

  test('a pasted picture is kept as a file, under its own name', async () => {
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    const received = await invoke('relume:receive', page('relume://app/'), 'pasted.png', bytes);
    const { output } = z.object({ output: z.string() }).parse(received);
    expect(basename(output)).toBe('pasted.png');
    expect([...(await readFile(output))]).toEqual([1, 2, 3]);
    for (const wrong of [
      ['../x.png', bytes],
      ['x.png', 'text'],
      [7, bytes],
    ])
      expect(await invoke('relume:receive', page('relume://app/'), ...wrong)).toMatchObject({
        failure: { code: 'bad-request' },
      });
  });

  test('only files that a job wrote are dragged out', () => {
    const startDrag = vi.fn();
    const { senderFrame, sender } = page('relume://app/');
    const event = { senderFrame, sender: { ...sender, startDrag } };
    Reflect.apply(asked.messages.get('relume:drag') ?? expect.fail(), undefined, [event, '/etc/passwd']);
    expect(startDrag).not.toHaveBeenCalled();
  });

  test('files that no job wrote are not shown', () => {
    invoke('relume:reveal', page('relume://app/'), '/etc/passwd');
    expect(asked.shown).toEqual([]);
  });
});

test('job events reach every window, and written files can be shown', async () => {
  const api = started();
  setupIpc(api, new Uploads(home.path));
  setupWindow(() => false);
  const { pictures } = requests['pictures.open'].output.parse(
    await api.call('pictures.open', { paths: ['/a.jpg'] }),
  );
  const saving = { strength: 100, format: 'keep', quality: 92, stripMetadata: false };
  await api.call('restore.save', {
    picture: pictures[0]?.id,
    chain: [{ model: 'm', sigma: 1 }],
    device: 'cpu',
    ...saving,
  });
  const { sent } = theWindow().webContents;
  await eventually(() => sent.length === 3);
  expect(sent.map(([channel]) => channel)).toEqual(Array(3).fill('relume:event:job'));
  expect(sent.at(-1)?.[1]).toMatchObject({ state: 'done', output: '/a.jpg-denoised' });
  const frame = { url: 'relume://app/' };
  const event = { senderFrame: frame, sender: { mainFrame: frame } };
  Reflect.apply(asked.handlers.get('relume:reveal') ?? expect.fail(), undefined, [event, '/a.jpg-denoised']);
  expect(asked.shown).toEqual(['/a.jpg-denoised']);
  const startDrag = vi.fn();
  const dragged = { senderFrame: frame, sender: { mainFrame: frame, startDrag } };
  Reflect.apply(asked.messages.get('relume:drag') ?? expect.fail(), undefined, [dragged, '/a.jpg-denoised']);
  await eventually(() => startDrag.mock.calls.length > 0);
  expect(startDrag).toHaveBeenCalledWith({ file: '/a.jpg-denoised', icon: 'icon of /a.jpg-denoised' });
});

describe('files that the system hands over', () => {
  test('are those among the arguments that exist, as absolute paths', async () => {
    await writeFile(join(home.path, 'a photo.jpg'), '');
    const argv = ['/usr/bin/relume', '--no-sandbox', 'a photo.jpg', 'gone.jpg', home.path];
    expect(filesNamed(argv, home.path)).toEqual([join(home.path, 'a photo.jpg'), home.path]);
  });

  test('of a further start reach the running one, however Chromium orders its arguments', async () => {
    const photo = join(home.path, 'a photo.jpg');
    await writeFile(photo, '');
    const given = process.argv;
    process.argv = ['relume', photo];
    const handed = handedOver();
    process.argv = given;
    const files: string[][] = [];
    setupSecondInstance((paths) => files.push(paths));
    const argv = [photo, '--original-process-start-time=1', 'relume'];
    app.emit('second-instance', {}, argv, '/', JSON.parse(JSON.stringify(handed)));
    app.emit('second-instance', {}, argv, '/', 'of another kind');
    expect(files).toEqual([[photo], []]);
  });

  test('come as events on macOS', () => {
    const files: string[][] = [];
    setupOpenedFiles((paths) => files.push(paths));
    const event = { preventDefault: vi.fn() };
    app.emit('open-file', event, '/photos/a.jpg');
    expect(files.at(-1)).toEqual(['/photos/a.jpg']);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

describe('on Windows', () => {
  const root = join(import.meta.dirname, '../../../..');
  const { platform } = process;
  afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

  test('the application is known by the name that its installer gives to the Start menu', async () => {
    setupIdentity();
    Object.defineProperty(process, 'platform', { value: 'win32' });
    setupIdentity();
    const settings = await readFile(join(root, 'electron-builder.yml'), 'utf8');
    expect(asked.steps).toEqual([`known as ${/^appId: (\S+)$/m.exec(settings)?.[1]}`]);
  });

  test('it is offered for the files that it is offered for elsewhere', async () => {
    const settings = await readFile(join(root, 'electron-builder.yml'), 'utf8');
    const elsewhere = [...settings.matchAll(/ext: \[?([^\]}]*?)[\]]?, name/g)].flatMap(([, names = '']) =>
      names.split(', '),
    );
    const script = await readFile(join(root, 'main/shell/electron/open-with.nsh'), 'utf8');
    const offered = [...script.matchAll(/opensFiles "(\w+)"/g)].map(([, name]) => name);
    expect(offered.length).toBeGreaterThan(5);
    expect(offered).toEqual(elsewhere);
    expect(settings).toContain('include: main/shell/electron/open-with.nsh');
  });
});

test('a packaged application has no developer tools in its menu', () => {
  setupMenu();
  const roles = JSON.stringify(asked.menu);
  expect(roles).toContain('editMenu');
  expect(roles).not.toContain('toggleDevTools');
});

test('the compute process is a utility process whose output goes to standard error', () => {
  const reasons: string[] = [];
  const replies: unknown[] = [];
  const compute = forkElectron('/app/compute.js')();
  compute.onExit((reason) => reasons.push(reason));
  compute.onMessage((reply) => replies.push(reply));
  compute.send({ kind: 'cancel', id: 1 });
  const [fork] = asked.forks;
  expect(fork?.entry).toBe('/app/compute.js');
  expect(fork?.options?.stdio).toEqual(['ignore', 'pipe', 'pipe']);
  expect(fork?.child.piped).toEqual([process.stderr, process.stderr]);
  expect(fork?.child.posted).toEqual([{ kind: 'cancel', id: 1 }]);
  fork?.child.emit('message', { kind: 'result', id: 1, result: null });
  fork?.child.emit('exit', 139);
  expect(replies).toEqual([{ kind: 'result', id: 1, result: null }]);
  expect(reasons).toEqual(['it ended with status 139']);
  compute.kill();
  expect(fork?.child.killed).toBe(true);
});
