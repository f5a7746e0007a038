import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addHalvingModel } from '../main/compute/halving-model.ts';
import { shellSuite } from './shell-suite.ts';
import { noisyPhoto, restorePhoto } from './whole-app.ts';

const suite = shellSuite({ prepare: (home) => addHalvingModel(join(home, 'models'), 'halving') });
let page: Page;

beforeEach(async () => {
  page = await suite.open();
});
afterEach(() => page.close());

test('a photo goes in noisy, is compared, and comes out as a download', async () => {
  await restorePhoto(page, await noisyPhoto(suite.home), async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('noisy photo-denoised.png');
    return (await download).path();
  });
  expect(suite.complaints()).toEqual([]);
});

test('the pixels on the screen come from the compute process', async () => {
  await page.locator('input[type=file]').setInputFiles(await noisyPhoto(suite.home));
  const tile = page.locator('canvas[data-src*="/pixels/"]:not(.pending)').first();
  await tile.waitFor();
  expect(await tile.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBe(320);
});

test('the cookie is out of the page’s reach, and the token is gone from its address', async () => {
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(suite.entrance).toBe(`${suite.shell.origin}/`);
});

test('a second browser does not get in', async () => {
  const stranger = await (await suite.browser.newContext()).newPage();
  expect((await stranger.goto(suite.shell.origin))?.status()).toBe(401);
  expect((await stranger.goto(suite.shell.url))?.status()).toBe(403);
  await stranger.context().close();
});

test('a page of another origin can neither read nor embed anything, though the browser sends the cookie', async () => {
  await page.locator('input[type=file]').setInputFiles(await noisyPhoto(suite.home));
  const tile = page.locator('[data-src*="/pixels/"]').first();
  await tile.waitFor();
  const picture = `${suite.shell.origin}${await tile.getAttribute('data-src')}`;
  expect(await reach(page, suite.shell.origin, picture)).toEqual({
    post: 'yes',
    image: 'yes',
    socket: 'yes',
  });

  const other = await page.context().newPage();
  const address = 'http://127.0.0.1:4321/';
  await other.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<p>other</p>' }));
  await other.goto(address);
  expect(await reach(other, suite.shell.origin, picture)).toEqual({ post: 'no', image: 'no', socket: 'no' });
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
