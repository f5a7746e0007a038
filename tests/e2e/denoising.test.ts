import type { Page } from 'playwright';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { callsOf, openDenoised } from './open-window.ts';
import { sharedWindow, windowHost } from './window-suite.ts';

const host = windowHost();
let page: Page;

const button = (name: string) => page.getByRole('button', { name, exact: true });
const slider = (name: string) => page.getByRole('slider', { name, exact: true });

/** The samples of a part of the viewer that nothing covers, once everything in it is drawn. */
async function patch(page: Page): Promise<Buffer> {
  await page.waitForFunction(() => document.querySelectorAll('.pane .pending').length === 0);
  await page.waitForTimeout(200);
  const png = await page.screenshot({ clip: { x: 400, y: 300, width: 120, height: 120 } });
  return sharp(png).removeAlpha().raw().toBuffer();
}

describe('denoising', () => {
  const shared = sharedWindow(host, {}, openDenoised);
  beforeEach(() => {
    page = shared.page;
  });

  it('starts by itself with the estimated noise and the whole strength', async () => {
    expect(await page.getByText('sigma 22 estimated').isVisible()).toBe(true);
    const [call] = await callsOf(page, 'restore.preview');
    expect(call?.input).toEqual({
      picture: 'meadow',
      chain: [{ model: 'denoise-color-1', sigma: 21.8 }],
      device: 'auto',
    });
  });

  it('repaints another strength without running the network', async () => {
    await slider('Strength').fill('40');
    const opacity = await page
      .locator('[data-layer=result]')
      .evaluate((layer) => getComputedStyle(layer).opacity);
    expect(opacity).toBe('0.4');
    expect(await callsOf(page, 'restore.preview')).toHaveLength(1);
  });

  it('mixes brightness and colour on the screen as a saved copy has them', async () => {
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

  it('runs the network once after the noise level has settled', async () => {
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

  it('takes a typed noise level into its range', async () => {
    const field = page.getByRole('spinbutton', { name: 'Noise level' });
    await field.fill('900');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('75');
  });

  it('shows how a copy will be called while its pattern is typed, and saves with it', async () => {
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
});

describe('a network that takes its time', () => {
  const shared = sharedWindow(host, { networkTime: 6000 });
  beforeEach(() => {
    page = shared.page;
  });

  it('is given up when the noise level changes', async () => {
    await button('Try a sample').click();
    await page.getByText('Denoising 8 %').first().waitFor();
    await slider('Noise level').fill('30');
    await page.waitForFunction(() => window.calls.some(({ name }) => name === 'jobs.cancel'));
    expect((await callsOf(page, 'jobs.cancel'))[0]?.input).toEqual({ job: 'preview-1' });
  });

  it('shows progress and time left, stops on request, and starts again', async () => {
    await page.getByText(/\d s left/).waitFor();
    await page.locator('.result [data-src*="preview-2"]').first().waitFor();
    await button('Cancel').click();
    await page.getByText('Denoising stopped').waitFor();
    await button('Denoise again').click();
    await page
      .getByText(/Denoising \d+ %/)
      .first()
      .waitFor();
  });
});

it('a preview whose pixels are not kept any more is made again', async () => {
  const { page: other } = await host.open();
  await other.route('**/pixels/meadow/preview-1/**', (route) => route.fulfill({ status: 404 }));
  await other.getByRole('button', { name: 'Try a sample' }).click();
  await other.waitForFunction(
    () => window.calls.filter(({ name }) => name === 'restore.preview').length === 2,
  );
  await other.locator('.result [data-src*="preview-2"]').first().waitFor();
  await other.context().close();
});
