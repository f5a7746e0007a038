import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { pictureLayers } from './fixture-pictures.ts';
import { callsOf, choose, openDenoised, openWindow, violations } from './open-window.ts';
import { serveWindow, type WindowServer } from './window-server.ts';

let browser: Browser;
let server: WindowServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await serveWindow(await pictureLayers());
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe('axe finds nothing', () => {
  const states: Record<string, (page: Page) => Promise<void>> = {
    'in the empty window': async () => {},
    'with a denoised picture and a file that was refused': async (page) => {
      await choose(page, 'meadow.jpg', 'tower.png', 'notes.png');
      await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    },
    'after saving': async (page) => {
      await openDenoised(page);
      await page.getByRole('button', { name: 'Save a copy' }).click();
      await page.getByText('meadow-denoised.jpg').waitFor();
    },
    'after a failed save': async (page) => {
      await openDenoised(page);
      await page.evaluate(() => (window.failSaves = 'The disk is full.'));
      await page.getByRole('button', { name: 'Save a copy' }).click();
      await page.getByText('The disk is full.').waitFor();
    },
    'with the list of keys': async (page) => {
      await openDenoised(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
    'on the grey surround, at 200 %': async (page) => {
      await openDenoised(page);
      await page.keyboard.press('g');
      await page.keyboard.press('2');
    },
  };

  it.each(Object.keys(states))('%s', async (state) => {
    const { page } = await openWindow(browser, server);
    await states[state]?.(page);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('while the network runs', async () => {
    const { page } = await openWindow(browser, server, {
      networkTime: 20_000,
      devices: ['CPU', 'Radeon 780M'],
    });
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await page.getByText(/\d s left/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('by keyboard alone', () => {
  it('opens the sample, compares, changes the strength and saves', async () => {
    const { page } = await openWindow(browser, server);
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      );
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 40 && (await focused())?.trim() !== name; presses++)
        await page.keyboard.press('Tab');
      expect((await focused())?.trim()).toBe(name);
    };
    await tabTo('Try a sample');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    await tabTo('Split between before and after');
    await page.keyboard.press('ArrowLeft');
    await tabTo('Strength, %');
    await page.keyboard.type('50');
    await tabTo('Save a copy');
    await page.keyboard.press('Enter');
    await page.getByText('Show in folder').waitFor();
    await tabTo('Show in folder');
    expect((await callsOf(page, 'restore.save'))[0]?.input).toMatchObject({ strength: 50 });
    await page.context().close();
  });
});

describe('at other sizes', () => {
  it.each([
    ['the smallest window', 1024, 700, '100%'],
    ['text twice as large', 1280, 800, '200%'],
    ['a large screen', 1920, 1080, '100%'],
  ])('nothing is cut off sideways: %s', async (_name, width, height, text) => {
    const { page } = await openWindow(browser, server, { width, height });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
    await openDenoised(page);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('header, nav, aside, section, [role=toolbar], .button')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && !part.matches('.viewer'))
        .map((part) => part.className),
    );
    expect(cut).toEqual([]);
    const needed = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth, scrollHeight];
    });
    expect(needed).toEqual([width, height]);
    await page.context().close();
  });

  it('nothing moves when a picture has been denoised and saved', async () => {
    const { page } = await openWindow(browser, server, { networkTime: 600 });
    await page.getByRole('button', { name: 'Try a sample' }).click();
    const save = page.getByRole('button', { name: 'Save a copy' });
    await save.waitFor();
    const before = [await save.boundingBox(), await page.getByRole('application').boundingBox()];
    await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    await save.click();
    await page.getByText('meadow-denoised.jpg').waitFor();
    expect([await save.boundingBox(), await page.getByRole('application').boundingBox()]).toEqual(before);
    await page.context().close();
  });
});
