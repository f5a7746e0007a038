import { expect, test } from 'vitest';
import { findBrowser, type Machine } from '../../../../main/shell/web/browser.ts';

const machine = (platform: NodeJS.Platform, env: Machine['env'], ...files: string[]): Machine => ({
  platform,
  env,
  exists: (path) => files.includes(path),
});

test('finds the browser on the path', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' };
  expect(findBrowser(machine('linux', env, '/usr/bin/chromium'))).toBe('/usr/bin/chromium');
});

test('opens nothing where there is no screen', () => {
  expect(findBrowser(machine('linux', { PATH: '/usr/bin' }, '/usr/bin/chromium'))).toBeUndefined();
});

test('finds Edge where Windows has nothing else', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const env = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
  expect(findBrowser(machine('win32', env, edge))).toBe(edge);
});

test('finds Chrome among the applications of a Mac', () => {
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(findBrowser(machine('darwin', {}, chrome))).toBe(chrome);
});

test('finds nothing where nothing is installed', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    expect(findBrowser(machine(platform, { DISPLAY: ':0' }))).toBeUndefined();
  }
});
