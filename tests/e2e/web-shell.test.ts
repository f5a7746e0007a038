import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startWebShell, type WebShell } from '../../main/shell/web/start-web-shell.ts';
import { addHalvingModel } from '../main/compute/halving-model.ts';
import { eventually } from '../main/eventually.ts';
import { type TemporaryFolder, temporaryFolder } from '../main/temporary-folder.ts';
import { launchBrowser } from './browser.ts';
import { noisyPhoto, restorePhoto } from './whole-app.ts';

let browser: Browser;
let home: TemporaryFolder;
let shell: WebShell;
let page: Page;
/** Everything the browser complained about: errors, refused styles and scripts, missing files. */
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  home = await temporaryFolder();
  vi.stubEnv('RELUME_HOME', home.path);
  await addHalvingModel(join(home.path, 'models'), 'halving');
  shell = await startWebShell({ open: false, say: () => undefined });
  page = await (await browser.newContext()).newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
});
afterEach(async () => {
  await page.context().close();
  await shell.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

test('a photo goes in noisy, is compared, and comes out as a download', async () => {
  await page.goto(shell.url);
  await restorePhoto(page, await noisyPhoto(home.path), async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('noisy photo-denoised.png');
    return (await download).path();
  });
  expect(complaints).toEqual([]);
});

test('the pixels on the screen come from the compute process', async () => {
  await page.goto(shell.url);
  await page.locator('input[type=file]').setInputFiles(await noisyPhoto(home.path));
  const tile = page.locator('img[src*="/pixels/"]').first();
  await tile.waitFor();
  await eventually(() => tile.evaluate((image: HTMLImageElement) => image.naturalWidth > 0));
});

test('the cookie is out of the page’s reach, and the token is gone from its address', async () => {
  await page.goto(shell.url);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(page.url()).toBe(`${shell.origin}/`);
});

test('a second browser does not get in', async () => {
  await page.goto(shell.url);
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.goto(shell.origin))?.status()).toBe(401);
  expect((await stranger.goto(shell.url))?.status()).toBe(403);
  await stranger.context().close();
});

test('a page of another origin can neither read nor embed anything, though the browser sends the cookie', async () => {
  await page.goto(shell.url);
  await page.locator('input[type=file]').setInputFiles(await noisyPhoto(home.path));
  const tile = page.locator('img[src*="/pixels/"]').first();
  await tile.waitFor();
  const picture = `${shell.origin}${await tile.getAttribute('src')}`;
  expect(await reach(page, shell.origin, picture)).toEqual({ post: 'yes', image: 'yes', socket: 'yes' });

  const other = await page.context().newPage();
  const address = 'http://127.0.0.1:4321/';
  await other.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<p>other</p>' }));
  await other.goto(address);
  expect(await reach(other, shell.origin, picture)).toEqual({ post: 'no', image: 'no', socket: 'no' });
});

/** What a page gets from the shell. */
function reach(from: Page, origin: string, picture: string) {
  return from.evaluate(
    async ([server, image]) => {
      const init: RequestInit = { method: 'POST', body: '{}', credentials: 'include' };
      const post = fetch(`${server}/api/jobs.list`, init).then(
        ({ ok }) => (ok ? 'yes' : 'no'),
        () => 'no',
      );
      const shown = new Promise<string>((resolve) => {
        const element = Object.assign(new Image(), { src: `${image}?again` });
        element.onload = () => resolve('yes');
        element.onerror = () => resolve('no');
      });
      const heard = new Promise<string>((resolve) => {
        const socket = new WebSocket(`${server.replace('http', 'ws')}/events`);
        socket.onopen = () => resolve('yes');
        socket.onerror = () => resolve('no');
      });
      return { post: await post, image: await shown, socket: await heard };
    },
    [origin, picture] as const,
  );
}
