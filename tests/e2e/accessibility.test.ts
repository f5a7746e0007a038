import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { callsOf, choose, openDenoised, violations } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const host = windowHost();

describe('axe finds nothing', () => {
  const shared = sharedWindow(host);
  const saved = (page: Page) => page.getByRole('button', { name: 'Save a copy' }).click();
  /** Each goes on from the one before it. */
  const states: Record<string, (page: Page) => Promise<unknown>> = {
    'in the empty window': async () => {},
    'with a denoised picture and a file that was refused': async (page) => {
      await choose(page, 'meadow.jpg', 'tower.png', 'notes.png');
      await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    },
    'after a failed save': async (page) => {
      await page.evaluate(() => (window.failSaves = 'The disk is full.'));
      await saved(page);
      await page.getByText('The disk is full.').waitFor();
    },
    'after saving': async (page) => {
      await page.evaluate(() => (window.failSaves = undefined));
      await saved(page);
      await page.getByText('meadow-denoised.jpg').waitFor();
    },
    'with the list of keys': async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
    'on the grey surround, at 200 %': async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await page.keyboard.press('2');
    },
  };

  it.each(Object.keys(states))('%s', async (state) => {
    await states[state]?.(shared.page);
    expect(await violations(shared.page)).toEqual([]);
  });

  it('while the network runs', async () => {
    const { page } = await host.open({ networkTime: 20_000, devices: ['CPU', 'Radeon 780M'] });
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await page.getByText(/\d s left/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

describe('by keyboard alone', () => {
  it('opens the sample, compares, changes the strength and saves', async () => {
    const { page } = await host.open();
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
  const shared = sharedWindow(host, {}, openDenoised);
  it.each([
    ['the smallest window', 1024, 700, '100%'],
    ['text twice as large', 1280, 800, '200%'],
    ['a large screen', 1920, 1080, '100%'],
  ])('nothing is cut off sideways: %s', async (_name, width, height, text) => {
    const { page } = shared;
    await page.setViewportSize({ width, height });
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), text);
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
  });

  it('nothing moves when a picture has been denoised and saved', async () => {
    const { page } = await host.open({ networkTime: 600 });
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
