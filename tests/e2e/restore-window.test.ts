import type { Page } from 'playwright';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { callsOf, choose, openDenoised } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const suite = windowSuite();
let page: Page;

beforeEach(() => {
  page = suite.page;
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const slider = (name: string) => page.getByRole('slider', { name, exact: true });
const strip = () => page.getByRole('navigation', { name: 'Pictures' });

/** The samples of a part of the viewer that nothing covers, once everything in it is drawn. */
async function patch(page: Page): Promise<Buffer> {
  await page.waitForFunction(() => document.querySelectorAll('.pane img.pending').length === 0);
  await page.waitForTimeout(200);
  const png = await page.screenshot({ clip: { x: 400, y: 300, width: 120, height: 120 } });
  return sharp(png).removeAlpha().raw().toBuffer();
}

describe('the empty window', () => {
  it('says one sentence and offers two ways in', async () => {
    const main = page.getByRole('main');
    expect(await main.getByRole('heading').allTextContents()).toEqual(['Drop noisy or small photos here.']);
    expect(await main.getByRole('button').allTextContents()).toEqual(['Choose photos', 'Try a sample']);
  });

  it('opens what is chosen and tells calmly what is not a picture', async () => {
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

describe('denoising', () => {
  it('starts by itself with the estimated noise and the whole strength', async () => {
    await openDenoised(page);
    expect(await page.getByText('sigma 22 estimated').isVisible()).toBe(true);
    const [call] = await callsOf(page, 'restore.preview');
    expect(call?.input).toEqual({
      picture: 'meadow',
      chain: [{ model: 'denoise-color-1', sigma: 21.8 }],
      device: 'auto',
    });
  });

  it('repaints another strength without running the network', async () => {
    await openDenoised(page);
    await slider('Strength').fill('40');
    const opacity = await page
      .locator('[data-layer=result]')
      .evaluate((layer) => getComputedStyle(layer).opacity);
    expect(opacity).toBe('0.4');
    expect(await callsOf(page, 'restore.preview')).toHaveLength(1);
  });

  it('mixes brightness and colour on the screen as a saved copy has them', async () => {
    await openDenoised(page);
    await page.keyboard.press('h');
    await page.keyboard.press('1');
    await page.getByText('Luminance, colour, detail').click();
    const shown = async (strength: number, luminance: number, colour: number) => {
      await slider('Strength').fill(String(strength));
      await slider('Luminance').fill(String(luminance));
      await slider('Colour').fill(String(colour));
      return patch(page);
    };
    const source = await shown(0, 100, 100);
    const result = await shown(100, 100, 100);
    const mixed = await shown(100, 60, 20);
    let [apart, moved] = [0, 0];
    for (let i = 0; i < source.length; i += 3) {
      const d = [0, 1, 2].map((c) => (result[i + c] ?? 0) - (source[i + c] ?? 0));
      const y = 0.3 * (d[0] ?? 0) + 0.59 * (d[1] ?? 0) + 0.11 * (d[2] ?? 0);
      for (let c = 0; c < 3; c++) {
        const from = source[i + c] ?? 0;
        const expected = from + 0.6 * y + 0.2 * ((d[c] ?? 0) - y);
        apart += Math.abs((mixed[i + c] ?? 0) - expected);
        moved += Math.abs((mixed[i + c] ?? 0) - from);
      }
    }
    expect(moved / source.length).toBeGreaterThan(4);
    expect(apart / source.length).toBeLessThan(0.7);
    expect(await callsOf(page, 'restore.preview')).toHaveLength(1);
    await button('Reset').click();
    expect(await slider('Luminance').inputValue()).toBe('100');
  });

  it('shows how a copy will be called while its pattern is typed, and saves with it', async () => {
    await openDenoised(page);
    const field = page.getByLabel('Name', { exact: true });
    await page.getByText('meadow-denoised', { exact: true }).waitFor();
    await field.fill('{name} {oops}');
    await page.getByText('{oops} means nothing in a name pattern').waitFor();
    await field.fill('{name} by {model} {width}');
    await page.getByText('meadow by denoise-color-1 1600').waitFor();
    await page.getByLabel('Colours', { exact: true }).selectOption('4:2:0');
    await button('Save a copy').click();
    const wanted = { pattern: '{name} by {model} {width}', chroma: '4:2:0' };
    expect((await callsOf(page, 'restore.save'))[0]?.input).toMatchObject(wanted);
  });

  it('runs the network once after the noise level has settled', async () => {
    await openDenoised(page);
    await slider('Noise level').evaluate((range) => {
      if (!(range instanceof HTMLInputElement)) return;
      for (const sigma of [30, 35, 40]) {
        range.valueAsNumber = sigma;
        range.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    });
    await page.waitForFunction(
      () => window.calls.filter(({ name }) => name === 'restore.preview').length === 2,
    );
    await page.getByRole('status').filter({ hasText: 'Denoised' }).waitFor({ state: 'attached' });
    expect((await callsOf(page, 'restore.preview'))[1]?.input).toMatchObject({ chain: [{ sigma: 40 }] });
    await button('Use it').click();
    expect(await page.getByText('sigma 22 estimated').isVisible()).toBe(true);
  });

  it('makes a preview again whose pixels are not kept any more', async () => {
    const { page: other } = await suite.open({});
    await other.route('**/pixels/meadow/preview-1/**', (route) => route.fulfill({ status: 404 }));
    await other.getByRole('button', { name: 'Try a sample' }).click();
    await other.waitForFunction(
      () => window.calls.filter(({ name }) => name === 'restore.preview').length === 2,
    );
    await other.locator('.result img[src*="preview-2"]').first().waitFor();
    await other.context().close();
  });

  it('takes a typed noise level into its range', async () => {
    await openDenoised(page);
    const field = page.getByRole('spinbutton', { name: 'Noise level' });
    await field.fill('900');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('75');
  });

  it('gives up an unfinished run when the noise level changes', async () => {
    const slow = await suite.open({ networkTime: 20_000 });
    await slow.page.getByRole('button', { name: 'Try a sample' }).click();
    await slow.page.getByText('Denoising 8 %').first().waitFor();
    await slow.page.getByRole('slider', { name: 'Noise level', exact: true }).fill('30');
    await slow.page.waitForFunction(() => window.calls.some(({ name }) => name === 'jobs.cancel'));
    expect((await callsOf(slow.page, 'jobs.cancel'))[0]?.input).toEqual({ job: 'preview-1' });
    await slow.page.context().close();
  });

  it('shows progress and time left, stops on request, and starts again', async () => {
    const slow = await suite.open({ networkTime: 6000 });
    await slow.page.getByRole('button', { name: 'Try a sample' }).click();
    await slow.page.getByText(/\d s left/).waitFor();
    await slow.page.locator('.result img').first().waitFor();
    await slow.page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await slow.page.getByText('Denoising stopped').waitFor();
    await slow.page.getByRole('button', { name: 'Denoise again' }).click();
    await slow.page
      .getByText(/Denoising \d+ %/)
      .first()
      .waitFor();
    expect(slow.complaints).toEqual([]);
    await slow.page.context().close();
  });
});

describe('the strip', () => {
  it('goes through the pictures by arrow keys, each denoised when looked at', async () => {
    await choose(page, 'meadow.jpg', 'tower.png');
    await page.getByRole('heading', { name: 'meadow.jpg' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'tower.png' }).waitFor();
    await page.waitForFunction(
      () => window.calls.filter(({ name }) => name === 'restore.preview').length === 2,
    );
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-picture'))).toBe('tower');
  });

  it('denoises anew on return when the noise level was changed just before leaving', async () => {
    await choose(page, 'meadow.jpg', 'tower.png');
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
    await openDenoised(page);
    await page.locator('[data-picture=meadow]').press('Delete');
    await page.getByText('Drop noisy or small photos here.').waitFor();
    expect(await callsOf(page, 'pictures.close')).toHaveLength(1);
  });
});

describe('saving', () => {
  it('saves what is seen and says where it is', async () => {
    await openDenoised(page);
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
    const others = [
      { task: 'artefacts' as const, scale: 1 },
      { task: 'upscale' as const, scale: 2 },
    ];
    const { page } = await suite.open({ others });
    await openDenoised(page);
    await page.getByLabel('Remove JPEG artefacts').check();
    await page.getByLabel('Enlarge').selectOption('upscale-2x');
    expect(await page.getByText('3200 × 2200 pixels').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Save a copy' }).click();
    await page.getByText('meadow-denoised.jpg').waitFor();
    const chain = [
      { model: 'denoise-color-1', sigma: 21.8 },
      { model: 'artefacts-1x' },
      { model: 'upscale-2x' },
    ];
    expect((await callsOf(page, 'restore.save'))[0]?.input).toMatchObject({ chain });
    expect((await callsOf(page, 'restore.preview')).at(-1)?.input).toMatchObject({
      chain,
    });
    await page.context().close();
  });

  it('asks for a quality only where it matters', async () => {
    await openDenoised(page);
    expect(await slider('Quality').count()).toBe(1);
    await page.getByLabel('Format').selectOption('png');
    expect(await slider('Quality').count()).toBe(0);
  });

  it('says why a copy was not saved, and lets one try again', async () => {
    await openDenoised(page);
    await page.evaluate(() => (window.failSaves = 'The disk is full.'));
    await page.keyboard.press('Control+s');
    await page.getByText('The disk is full.').waitFor();
    await page.evaluate(() => (window.failSaves = undefined));
    await button('Save a copy').click();
    await page.getByText('meadow-denoised.jpg').waitFor();
  });
});
