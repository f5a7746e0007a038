import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventually } from './eventually.ts';
import type * as StandIn from './shell/electron/electron-stand-in.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

vi.mock('electron', () => import('./shell/electron/electron-stand-in.ts'));

let home: TemporaryFolder;
let electron: typeof StandIn;

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  vi.resetModules();
  // The very module that main.ts is going to see.
  electron = (await import('electron')) as unknown as typeof StandIn;
});
afterEach(async () => {
  electron.forget();
  vi.unstubAllEnvs();
  await home.remove();
});

test('declares the scheme before the application is ready, then opens one window', async () => {
  await import('../../main/main.ts');
  await eventually(() => electron.BrowserWindow.windows.length > 0);
  expect(electron.asked.steps).toEqual([
    `userData in ${join(home.path, 'window')}`,
    'lock',
    'scheme',
    'ready',
  ]);
  expect(electron.BrowserWindow.windows.length).toBe(1);
  expect([...electron.asked.handlers.keys()]).toEqual(['relume:call', 'relume:receive', 'relume:reveal']);
});

test('starts no compute process before it is needed', async () => {
  await import('../../main/main.ts');
  await eventually(() => electron.BrowserWindow.windows.length > 0);
  expect(electron.asked.forks).toEqual([]);
});

test('a second start opens nothing and ends', async () => {
  electron.machine.firstInstance = false;
  await import('../../main/main.ts');
  expect(electron.asked.steps.slice(1)).toEqual(['lock', 'quit']);
  expect(electron.BrowserWindow.windows).toEqual([]);
});

test('the compute process ends with the application', async () => {
  await import('../../main/main.ts');
  await eventually(() => electron.asked.handlers.has('relume:call'));
  const frame = { url: 'relume://app/' };
  const event = { senderFrame: frame, sender: { mainFrame: frame } };
  const call = Reflect.apply(electron.asked.handlers.get('relume:call') ?? expect.fail(), undefined, [
    event,
    'devices.list',
    {},
  ]);
  await eventually(() => electron.asked.forks.length === 1);
  electron.app.emit('will-quit');
  expect(electron.asked.forks[0]?.child.killed).toBe(true);
  expect(await call).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
});
