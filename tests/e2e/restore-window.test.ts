import type { Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { pictures } from './fixture-pictures.ts';
import { callsOf, choose, openDenoised } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const host = windowHost();
let page: Page;

const button = (name: string) => page.getByRole('button', { name, exact: true });
const slider = (name: string) => page.getByRole('slider', { name, exact: true });
const strip = () => page.getByRole('navigation', { name: 'Pictures' });

describe('the empty window', () => {
  const shared = sharedWindow(host);
  beforeEach(() => {
    page = shared.page;
  });

  it('says one sentence and offers two ways in', async () => {
    const main = page.getByRole('main');
    expect(await main.getByRole('heading').allTextContents()).toEqual(['Drop noisy or small photos here.']);
    expect(await main.getByRole('button').allTextContents()).toEqual(['Choose photos', 'Try a sample']);
  });

  it('opens what is chosen and tells calmly what is not a picture, until another page is opened', async () => {
    await choose(page, 'notes.png');
    await page.getByText('notes.png is not a picture that can be read.').waitFor();
    await button('Settings').click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.getByText('notes.png').count()).toBe(0);
    await button('Restore').click();
    await choose(page, 'meadow.jpg', 'notes.png', 'tower.png');
    expect(
      await strip()
        .getByRole('button', { name: /meadow|tower/ })
        .count(),
    ).toBeGreaterThanOrEqual(2);
    const notice = page.getByText('notes.png is not a picture that can be read.');
    await notice.waitFor();
    await button('Dismiss').click();
    expect(await notice.count()).toBe(0);
  });
});

describe('the strip', () => {
  const shared = sharedWindow(host, {}, (opened) => choose(opened, 'meadow.jpg', 'tower.png'));
  beforeEach(() => {
    page = shared.page;
  });

  it('goes through the pictures by arrow keys, each denoised when looked at', async () => {
    await page.getByRole('heading', { name: 'meadow.jpg' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'tower.png' }).waitFor();
    await page.waitForFunction(
      () => window.calls.filter(({ name }) => name === 'restore.preview').length === 2,
    );
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-picture'))).toBe('tower');
  });

  it('denoises anew on return when the noise level was changed just before leaving', async () => {
    await page.locator('[data-picture=meadow]').click();
    await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    await slider('Noise level').fill('40');
    await page.locator('[data-picture=tower]').click();
    await page.locator('[data-picture=meadow]').click();
    await page.waitForFunction(() =>
      window.calls.some(
        ({ name, input }) => name === 'restore.preview' && Object(input).chain?.[0]?.sigma === 40,
      ),
    );
  });

  it('closes a picture, and the last one leaves the empty window', async () => {
    await page.locator('[data-picture=meadow]').press('Delete');
    await page.getByRole('heading', { name: 'tower.png' }).waitFor();
    await page.locator('[data-picture=tower]').press('Delete');
    await page.getByText('Drop noisy or small photos here.').waitFor();
    expect((await callsOf(page, 'pictures.close')).map(({ input }) => input)).toEqual([
      { picture: 'meadow' },
      { picture: 'tower' },
    ]);
  });
});

it('a picture that fits as it is lights one zoom', async () => {
  const small = pictures.map((picture) => ({ ...picture, width: 300, height: 200 }));
  const { page: other } = await host.open({ pictures: small });
  await choose(other, 'meadow.jpg');
  await other.getByLabel('Zoom', { exact: true }).filter({ hasText: '100 %' }).waitFor();
  const lit = other.getByRole('button', { name: /^(Fit|100 %|200 %)$/, pressed: true });
  expect(await lit.allInnerTexts()).toEqual(['Fit']);
  await other.context().close();
});

it('in a browser, a copy is said to lie in its folder, whose path can be copied', async () => {
  const { page: other } = await host.open({ shell: 'web' });
  await other.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDenoised(other);
  await other.getByRole('button', { name: 'Save a copy' }).click();
  const panel = other.getByRole('complementary');
  await panel.getByText('/photos', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Copy the path of the folder' }).click();
  await panel.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await other.evaluate(() => navigator.clipboard.readText())).toBe('/photos');
  await other.context().close();
});

describe('saving', () => {
  const others = [
    { task: 'artefacts' as const, scale: 1 },
    { task: 'upscale' as const, scale: 2 },
  ];
  const shared = sharedWindow(host, { others }, openDenoised);
  beforeEach(() => {
    page = shared.page;
  });

  it('saves what is seen and says where it is', async () => {
    await slider('Strength').fill('60');
    await page.getByLabel('Format').selectOption('webp');
    await slider('Quality').fill('80');
    await page.getByLabel('Remove metadata').check();
    await button('Save a copy').click();
    await page.getByText('meadow-denoised.jpg').waitFor();
    expect((await callsOf(page, 'restore.save'))[0]?.input).toMatchObject({
      strength: 60,
      format: 'webp',
      quality: 80,
      stripMetadata: true,
    });
    await button('Show in folder').click();
    expect(await page.evaluate(() => window.revealed)).toEqual(['/photos/meadow-denoised.jpg']);
  });

  it('cleans and enlarges in one chain, and says how large the copy will be', async () => {
    await page.getByLabel('Remove JPEG artefacts').check();
    await page.getByLabel('Enlarge').selectOption('upscale-2x');
    expect(await page.getByText('3200 × 2200 pixels').isVisible()).toBe(true);
    await button('Save a copy').click();
    await expect.poll(() => callsOf(page, 'restore.save')).toHaveLength(2);
    const chain = [
      { model: 'denoise-color-1', sigma: 21.8 },
      { model: 'artefacts-1x' },
      { model: 'upscale-2x' },
    ];
    expect((await callsOf(page, 'restore.save')).at(-1)?.input).toMatchObject({ chain });
    expect((await callsOf(page, 'restore.preview')).at(-1)?.input).toMatchObject({
      chain,
    });
  });

  it('asks for a quality only where it matters', async () => {
    expect(await slider('Quality').count()).toBe(1);
    await page.getByLabel('Format').selectOption('png');
    expect(await slider('Quality').count()).toBe(0);
  });

  it('says why a copy was not saved, and lets one try again', async () => {
    await page.evaluate(() => (window.failSaves = 'The disk is full.'));
    await page.keyboard.press('Control+s');
    await page.getByText('The disk is full.').waitFor();
    await page.evaluate(() => (window.failSaves = undefined));
    await button('Save a copy').click();
    await page.getByText('meadow-denoised.jpg').waitFor();
  });
});
